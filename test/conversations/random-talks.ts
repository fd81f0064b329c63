import fc from 'fast-check';
import type { Line } from '../../src/domain/message.js';
import { allocatedDiscounts, movedBy } from '../shops/sums.js';
import type { Order } from '../../src/domain/order.js';
import type { Shop } from '../../src/ports/shop.js';
import { parseShop, printShop } from '../../src/shops/parse-shop.js';
import { createSampleShop } from '../../src/shops/sample/sample-shop.js';
import { watched, type Write } from '../flows/writes.js';
import { aCore, aTalk, today } from '../support/a-core.js';
import { readTalks } from './talks.js';

/** What a buyer does next: says something real, presses one of the buttons in sight, or says yes or no to them. */
export type Step = { readonly says: readonly number[] } | { readonly presses: number } | { readonly answers: 'y' | 'n' };

/** A talk nobody planned: who, in which language, and what they do. */
export interface RandomTalk {
  readonly customer: number;
  readonly locale: number;
  readonly steps: readonly Step[];
}

const sample = createSampleShop(today);
const customers = sample.customers.filter(({ id }) => sample.orders.some(({ customerId }) => customerId === id));
const talks = readTalks();
const locales = [...new Set(talks.map(({ locale }) => locale))].sort();
/** Everything a buyer says in the written talks, by language. */
const lines = new Map(locales.map((locale) => [locale, talks.filter((talk) => talk.locale === locale).flatMap(({ turns }) => turns.flatMap(({ says = [] }) => says))]));
/** What a buyer says who has had enough of the bot. */
const forAPerson: Readonly<Record<string, string>> = {
  en: 'I want to talk to a person', zh: '转人工客服', es: 'quiero hablar con una persona', pt: 'quero falar com um atendente', fr: 'je veux parler à un conseiller',
  de: 'ich möchte mit einem Mitarbeiter sprechen', ru: 'соедините меня с оператором', ar: 'أريد التحدث مع موظف',
};

/** Talks by chance; the same seed gives the same ones. */
export const randomTalks: fc.Arbitrary<RandomTalk> = fc.record({
  customer: fc.nat(customers.length - 1),
  locale: fc.nat(locales.length - 1),
  steps: fc.array(fc.oneof(
    { weight: 4, arbitrary: fc.record({ says: fc.array(fc.nat(9999), { minLength: 1, maxLength: 2 }) }) },
    { weight: 3, arbitrary: fc.record({ presses: fc.nat(20) }) },
    { weight: 4, arbitrary: fc.record({ answers: fc.constantFrom('y' as const, 'y' as const, 'y' as const, 'n' as const) }) },
  ), { minLength: 3, maxLength: 10 }),
});

/** What belongs to one customer alone and must not be told to another: numbers, addresses, ways to reach them. */
const secrets = new Map(customers.map((customer) => {
  const orders = sample.orders.filter(({ customerId }) => customerId === customer.id);
  const all = [
    customer.email, ...orders.flatMap((order) => [
      order.number, ...order.parcels.flatMap(({ trackingNumber }) => [trackingNumber]), ...order.returns.map(({ number }) => number), order.shippingAddress.line1,
    ]),
  ].filter((one): one is string => typeof one === 'string' && one.length >= 6);
  return [customer.id, new Set(all.map((one) => one.toLowerCase()))];
}));

/** What one talk came to. */
export interface Course {
  readonly problems: string[];
  readonly writes: number;
  /** Everything the bot said, for comparing two courses. */
  readonly words: string;
}

/** Whether a write stands on a plan: the line before showed one that names the order, with a yes to press. */
export function planProblems(write: Write, before: Line | undefined): string[] {
  const asked = before?.choices?.some(({ id }) => id.startsWith('y')) === true;
  if (!asked) return [`${write.method} was written without a plan in sight`];
  const order = (write.request as { orderNumber?: string }).orderNumber;
  return order === undefined || before?.text.includes(order) === true ? [] : [`${write.method} of ${order}, which the plan does not name: ${before?.text ?? ''}`];
}

/** The sums of an order after a talk. */
export function moneyProblems(order: Order): string[] {
  const [paid, back] = movedBy(order);
  return [
    ...(allocatedDiscounts(order) === order.discounts.reduce((all, { amount }) => all + amount.amount, 0) ? [] : [`${order.number}: the shares of the discounts are not the discounts`]),
    ...(back <= paid ? [] : [`${order.number}: ${back} went back of ${paid} paid`]),
    ...('data' in parseShop(printShop({ ...sample, orders: [order] })) ? [] : [`${order.number}: cannot be stored as it is now`]),
  ];
}

/** Holds a talk over a core of its own and looks at every turn for what must never happen; `spoil` breaks the shop, to see that it is noticed. */
export async function hold({ customer: who, locale: which, steps }: RandomTalk, spoil: (shop: Shop) => Shop = (one) => one): Promise<Course> {
  const shop = watched();
  const core = await aCore({ shop: (one) => spoil(shop.shop(one)) });
  const talk = await aTalk(core, 'random');
  const customer = customers[who] ?? customers[0];
  const locale = locales[which] ?? 'en';
  const problems: string[] = [];
  let said = '';
  let last: Line | undefined;
  const others = [...secrets].filter(([id]) => id !== customer?.id).flatMap(([, ones]) => [...ones]).filter((one) => !secrets.get(customer?.id ?? '')?.has(one));
  const words: string[] = [];

  const own = sample.orders.filter(({ customerId }) => customerId === customer?.id).map(({ number }) => number);
  /** What others said of an order of theirs, said of one of this customer's. */
  const ofTheirs = (text: string, index: number): string => text.replaceAll(/AC-\d{6}/gu, () => own[index % own.length] ?? '');

  const look = (came: readonly Line[], written: readonly Write[]): void => {
    for (const write of written) problems.push(...planProblems(write, last));
    for (const line of came) {
      words.push(line.text);
      const told = line.text.toLowerCase();
      for (const secret of others) if (told.includes(secret) && !said.includes(secret)) problems.push(`tells ${secret}, which is another customer’s: ${line.text}`);
      for (const reply of line.replies ?? []) {
        for (const tongue of core.texts.locales) {
          if (core.texts.say(reply, tongue).trim() === '') problems.push(`${reply.key} has no words in ${tongue}`);
          for (const choice of reply.choices ?? []) if (core.texts.value(choice.label, tongue).trim() === '') problems.push(`a button of ${reply.key} has no words in ${tongue}`);
        }
      }
    }
    last = came.at(-1) ?? last;
  };
  const isHandedOver = (): boolean => words.length > 0 && talk.keys().some((key) => key.startsWith('handover.'));
  const take = async (does: () => Promise<Line[]>): Promise<void> => {
    const before = shop.writes.length;
    const came = await does();
    look(came, shop.writes.slice(before));
    if (came.length === 0 && !isHandedOver()) problems.push('the bot says nothing');
  };
  const say = (text: string) => take(() => {
    said += `\n${text.toLowerCase()}`;
    return talk.says(text, { identity: customer?.id ?? '' });
  });

  try {
    const pool = lines.get(locale) ?? [];
    for (const step of steps) {
      if (isHandedOver()) break;
      const choices = talk.choices();
      if ('says' in step) await say(step.says.map((index) => ofTheirs(pool[index % pool.length] ?? '', index)).join(' '));
      else if ('presses' in step) {
        const choice = choices[step.presses % Math.max(choices.length, 1)];
        if (choice !== undefined) await take(() => talk.presses(choice));
      } else {
        // With no plan in sight, on with the first thing that can be pressed.
        const choice = choices.find((id) => id.startsWith(step.answers)) ?? choices.find((id) => !['h', 'n'].includes(id.slice(0, 1)));
        if (choice !== undefined) await take(() => talk.presses(choice));
      }
    }
    // From wherever it has come to, a person is one message away.
    if (!isHandedOver()) {
      // In the language they have come to speak by then.
      await say(forAPerson[last?.locale ?? locale] ?? '');
      if (!isHandedOver()) problems.push(`no way to a person from: ${words.slice(-2).join(' → ')}`);
    }
    for (const { number, revision } of sample.orders) {
      const now = await core.shop.reader.findOrder(number);
      if (now && now.revision !== revision) problems.push(...moneyProblems(now));
    }
    const failures = core.log.entries.filter(({ event }) => event === 'turn.failed' || event === 'guard.stopped');
    problems.push(...failures.map(({ event, details }) => `${event} ${JSON.stringify(details)}`));
    return { problems, writes: shop.writes.length, words: words.join('\n') };
  } finally {
    await talk.end();
  }
}
