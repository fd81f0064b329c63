import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { IntlMessageFormat } from 'intl-messageformat';
import { readIntents } from '../../src/classifiers/intents-folder.js';
import { counterReasons } from '../../src/domain/decisions/counter-reasons.js';
import { evidences, matters } from '../../src/domain/decisions/matters.js';
import { rows } from '../../src/domain/decisions/verdicts.js';
import { stages } from '../../src/domain/return-life.js';
import { byButton } from '../../src/flows/by-button.js';
import { flows } from '../../src/flows/index.js';
import { readPolicy } from '../../src/policy/read-policy.js';
import { GUARD_KINDS } from '../../src/domain/guard.js';
import { requiredParts } from '../../src/domain/words/address-text.js';
import { createSampleShop } from '../../src/shops/sample/sample-shop.js';
import { readSources, root, withoutComments } from './sources.js';

type Messages = Readonly<Record<string, string>>;

/** Every locale by its tag; files in `_parts/` are part of the locale they name (`desk.en.json`). */
function readAll(): Record<string, Messages> {
  const files = ['locales', 'locales/_parts'].filter((folder) => existsSync(`${root}${folder}`))
    .flatMap((folder) => readdirSync(`${root}${folder}`).filter((name) => name.endsWith('.json')).map((name) => `${folder}/${name}`)).sort();
  const locales: Record<string, Record<string, string>> = {};
  for (const file of files) {
    const tag = /(?:^|[./])([a-z]{2,3}(?:-[A-Za-z]+)?)\.json$/u.exec(file)?.[1] ?? file;
    Object.assign((locales[tag] ??= {}), JSON.parse(readFileSync(`${root}${file}`, 'utf8')));
  }
  return locales;
}

const locales = readAll();
const en: Messages = locales['en'] ?? {};
const others = Object.keys(locales).filter((tag) => tag !== 'en');
const sources = Object.fromEntries(Object.entries(readSources()).map(([file, source]) => [file, withoutComments(source)]));
const intents = await readIntents(`${root}intents`);

/** Words pages fill in by themselves, with nothing but `{name}`. */
const isOfAPage = (key: string): boolean => /^(?:widget|desk|shop-page)\./u.test(key) && !key.startsWith('desk.mail.');

type Ast = ReturnType<IntlMessageFormat['getAst']>;

/** The names a message wants filled in. */
function placeholders(ast: Ast): string[] {
  return [...new Set(ast.flatMap((part): string[] => {
    const inner = 'options' in part ? Object.values(part.options).flatMap((option) => placeholders(option.value)) : 'children' in part ? placeholders(part.children) : [];
    return 'value' in part && part.type !== 0 ? [part.value, ...inner] : inner;
  }))].sort();
}

const namesIn = (message: string, tag: string): string[] => placeholders(new IntlMessageFormat(message, tag, undefined, { ignoreTag: true }).getAst());

/** The members of a union of strings, as the source declares it: a type by its name, or a member of an interface. */
function membersOf(file: string, declaration: RegExp): string[] {
  const found = declaration.exec(sources[file] ?? '');
  if (!found) throw new Error(`src/${file} no longer declares ${declaration.source}: mend this test`);
  const rest = (sources[file] ?? '').slice(found.index + found[0].length);
  return [...rest.slice(0, rest.indexOf(';')).matchAll(/'([^']+)'/gu)].map((match) => match[1] ?? '');
}

const orderStates = membersOf('domain/order.ts', /type OrderState =/u);
const parcelStates = membersOf('domain/order.ts', /type ParcelState\s*=/u);
const paymentStates = membersOf('domain/order.ts', /type PaymentState =/u);
const paymentMethods = membersOf('domain/payment.ts', /type PaymentKind =/u);
const scanCodes = membersOf('domain/order.ts', /readonly code:/u);
const returnReasons = membersOf('domain/order.ts', /type ReturnReason\s*=/u);
const returnStates = membersOf('domain/order.ts', /type ReturnState =/u);
const couponProblems = membersOf('domain/promotion.ts', /type CouponProblem\s*=/u);
const handOverReasons = membersOf('dialogue/events.ts', /type HandOverReason =/u);
const levels = membersOf('domain/customer.ts', /type IdentityLevel =/u);
const unknownEta = membersOf('domain/tracking.ts', /readonly why:/u);
const caseKinds = membersOf('ports/cases.ts', /type CaseKind =/u);
const owners = membersOf('ports/cases.ts', /readonly owner:/u);
const complaintCategories = membersOf('domain/feedback.ts', /complaintCategories =/u);
const suggestionAreas = membersOf('domain/feedback.ts', /type SuggestionArea =/u);
const severities = membersOf('domain/feedback.ts', /type Severity =/u);
const privacyWishes = membersOf('domain/feedback.ts', /privacyWishes =/u);
const pages = membersOf('domain/shop-facts.ts', /pageNames =/u);
const groups = membersOf('dialogue/choices.ts', /const groups =/u);
const customsStages = membersOf('domain/delivery-rules.ts', /type CustomsStage =/u);
const shippingMethods = membersOf('domain/order.ts', /readonly shippingMethod:/u);
const ticketKinds = membersOf('ports/records.ts', /readonly kind:/u);
const ticketStates = membersOf('ports/records.ts', /readonly state:/u);
const outcomes = membersOf('ports/records.ts', /readonly outcome\?:/u);
const roles = membersOf('ports/records.ts', /type AgentRole =/u);
const clockStates = ['running', 'warning', 'late'];
const presences = membersOf('domain/line-up.ts', /type Presence =/u);
const channels = [...`${sources['app/serve.ts']}${sources['app/channels.ts']}`.matchAll(/(?:\{ name: |Map[^(\n]*\(\[\[|, \[)'([a-z-]+)',/gu)].map((match) => match[1] ?? '');
/** What the sample shop sells and what the shipped policy has rules for. */
const categories = [...new Set([...createSampleShop('2026-06-17T09:00:00.000Z').products.map((product) => product.category), ...Object.keys(readPolicy(undefined).returns.categories)])];
const wanted = intents.filter(({ group }) => group !== 'talk');

/** Flows that more than one intent leads to, or none. */
const flowsToName = flows.map(({ id }) => id).filter((id) => [...intents, ...byButton].filter(({ flow }) => flow === id).length !== 1 && !(`intent.${id}` in en) && !(`flow.${id}` in en));

/** Keys put together in the engine and the flows: the template as it stands there, and all it can come to. */
const templates: Readonly<Record<string, readonly string[]>> = {
  '`order-state.${order.state}`': orderStates.map((state) => `order-state.${state}`),
  '`order-status.one.${order.state}`': orderStates.map((state) => `order-status.one.${state}`),
  '`payment-status.${one.state}`': paymentStates.map((state) => `payment-status.${state}`),
  "`payment-method.${payment?.method ?? 'original'}`": [...paymentMethods, 'original'].map((method) => `payment-method.${method}`),
  "`track.not-shipped.${waiting ? 'waiting' : order.state}`": ['waiting', ...orderStates.filter((state) => !['paid', 'under_review', 'packed'].includes(state))].map((state) => `track.not-shipped.${state}`),
  '`scan.${scan.code}`': scanCodes.map((code) => `scan.${code}`),
  '`eta.${eta.why}`': unknownEta.map((why) => `eta.${why}`),
  '`parcel-state.${parcel.state}`': parcelStates.map((state) => `parcel-state.${state}`),
  "`coupon-problem.${problem ?? 'none'}`": [...couponProblems, 'none'].map((problem) => `coupon-problem.${problem}`),
  '`coupons.problem.${problem}`': couponProblems.map((problem) => `coupons.problem.${problem}`),
  '`reason.${value}`': returnReasons.map((reason) => `reason.${reason}`),
  '`return-item.plan.${plan.freightPaidBy}`': ['shop', 'customer'].map((who) => `return-item.plan.${who}`),
  '`matter.${matter}`': matters.map((matter) => `matter.${matter}`),
  '`matter.${decision.matter}`': matters.map((matter) => `matter.${matter}`),
  '`proof.${one}`': evidences.map((proof) => `proof.${proof}`),
  '`terms.${value}`': ['split', 'prove'].map((terms) => `terms.${terms}`),
  '`counter-reason.${answer.reason}`': counterReasons.map((reason) => `counter-reason.${reason}`),
  '`return-stage.${stage}`': stages.map((stage) => `return-stage.${stage}`),
  '`return-clock.${clock.waitsFor}`': ['answer', 'shipment', 'confirmation', 'repair', 'replacement'].map((what) => `return-clock.${what}`),
  '`address.ask.${missing}`': requiredParts.map((part) => `address.ask.${part}`),
  '`return-state.${found.return.state}`': returnStates.map((state) => `return-state.${state}`),
  '`return-state.${state}`': returnStates.map((state) => `return-state.${state}`),
  '`return-state.${one.state}`': returnStates.map((state) => `return-state.${state}`),
  '`return-status.${one.state}`': returnStates.map((state) => `return-status.${state}`),
  '`intent.${intent}`': [...wanted, ...byButton].map(({ intent }) => `intent.${intent}`),
  '`intent.${wish.intent}`': wanted.map(({ intent }) => `intent.${intent}`),
  '`category.${one.category}`': categories.map((category) => `category.${category}`),
  '`command.${command}`': [...(/\['menu'[^\]]*\]/u.exec(sources['app/channels.ts'] ?? '')?.[0] ?? '').matchAll(/'([a-z]+)'/gu)].map((match) => `command.${match[1]}`),
  '`handover.announced.${reason}`': handOverReasons.map((reason) => `handover.announced.${reason}`),
  '`${flow}.refused.${refused.refused}`': flows.flatMap((flow) => flow.refusals.map((code) => `${flow.id}.refused.${code}`)),
  "`intent.${wishes[0]?.intent ?? ''}`": wanted.map(({ intent }) => `intent.${intent}`),
  '`reason.${reason}`': returnReasons.map((reason) => `reason.${reason}`),
  '`return-item.refused.${one.refused}`': refusalsOf('return-item'),
  '`remove-item.refused.${refused}`': refusalsOf('remove-item'),
  '`swap-items.refused.${one.refused}`': refusalsOf('swap-items'),
  '`change-payment.refused.${codeOf(order, { policy, now })}`': refusalsOf('change-payment'),
  "`swap-items.difference.${difference.amount > 0 ? 'more' : difference.amount < 0 ? 'less' : 'none'}`": ['more', 'less', 'none'].map((way) => `swap-items.difference.${way}`),
  "`swap-items.settled.${difference.amount > 0 ? 'charge' : difference.amount < 0 ? 'refund' : isSum ? 'nothing' : 'even'}`": ['charge', 'refund', 'nothing', 'even'].map((way) => `swap-items.settled.${way}`),
  "`swap-items.plan.exchange.${freight.amount === 0 ? 'free' : 'freight'}`": ['free', 'freight'].map((way) => `swap-items.plan.exchange.${way}`),
  "`swap-items.plan.total.${total.amount > 0 ? 'charge' : total.amount < 0 ? 'refund' : 'even'}`": ['charge', 'refund', 'even'].map((way) => `swap-items.plan.total.${way}`),
  "`product-question.${end.direction === 'down' ? 'cheapest' : 'dearest'}`": ['cheapest', 'dearest'].map((end) => `product-question.${end}`),
  '`owner.${one.owner}`': owners.map((owner) => `owner.${owner}`),
  '`case-kind.${one.kind}`': caseKinds.map((kind) => `case-kind.${kind}`),
  '`remedy.${value}`': ['reship', 'refund', 'part', 'return'].map((remedy) => `remedy.${remedy}`),
  '`parcel-damaged.wish.${slots.wish}`': ['reship', 'refund', 'part'].map((wish) => `parcel-damaged.wish.${wish}`),
  '`parcel-lost.plan.refund.${state}`': ['granted', 'requested'].map((state) => `parcel-lost.plan.refund.${state}`),
  '`parcel-lost.done.refund.${state}`': ['granted', 'requested'].map((state) => `parcel-lost.done.refund.${state}`),
  '`customs.duty.${policy.delivery.dutyPaidBy}`': ['recipient', 'shop'].map((payer) => `customs.duty.${payer}`),
  '`customs.payer.${policy.delivery.dutyPaidBy}`': ['recipient', 'shop'].map((payer) => `customs.payer.${payer}`),
  '`customs.stage.${stage}`': customsStages.map((stage) => `customs.stage.${stage}`),
  '`redeliver.choice.${value}`': ['deliver', 'collect'].map((choice) => `redeliver.choice.${choice}`),
  '`shipping-method.${method}`': shippingMethods.map((method) => `shipping-method.${method}`),
  '`group.${name}`': groups.map((name) => `group.${name}`),
  '`desk.intent.${intent}`': intents.map(({ intent }) => intent).filter((intent) => !(`intent.${intent}` in en)).map((intent) => `desk.intent.${intent}`),
  '`desk.flow-name.${flow}`': flowsToName.map((flow) => `desk.flow-name.${flow}`),
  '`flow.${flow}`': flows.filter((flow) => flow.withFileOf).map((flow) => `flow.${flow.id}`),
  '`flow.${id}`': flows.filter((flow) => flow.withFileOf).map((flow) => `flow.${flow.id}`),
  '`page.${name}`': pages.map((name) => `page.${name}`),
  '`weekday.${day}`': [1, 2, 3, 4, 5, 6, 7].map((day) => `weekday.${day}`),
  '`complaint.category.${category}`': complaintCategories.map((category) => `complaint.category.${category}`),
  '`suggestion.area.${area}`': suggestionAreas.map((area) => `suggestion.area.${area}`),
  '`desk.guard.${kind}`': GUARD_KINDS.map((kind) => `desk.guard.${kind}`),
  '`desk.level.${identity.level}.long`': levels.map((level) => `desk.level.${level}.long`),
  '`desk.reason.${reason}`': handOverReasons.map((reason) => `desk.reason.${reason}`),
  '`severity.${severity}`': severities.map((severity) => `severity.${severity}`),
  '`privacy-request.wish.${wish}`': privacyWishes.map((wish) => `privacy-request.wish.${wish}`),
  '`case-kind.${kind}`': caseKinds.map((kind) => `case-kind.${kind}`),
  '`owner.${owner}`': owners.map((owner) => `owner.${owner}`),
  "`receipt.${receipt.rule}.${receipt.granted ? 'granted' : 'refused'}`": rulesInSource().map((rule) => `receipt.${rule}`),
};

/** The sentences of a flow's refusals. */
function refusalsOf(id: string): string[] {
  return flows.filter((flow) => flow.id === id).flatMap((flow) => flow.refusals.map((code) => `${id}.refused.${code}`));
}

/** The rules verdicts name, as `rule.granted` and `rule.refused`, wherever the source gives one. */
function rulesInSource(): string[] {
  const text = Object.entries(sources).filter(([file]) => /^(?:domain|flows)\//u.test(file)).map(([, source]) => source).join('\n');
  const verdict = (granted: string): string[] => (granted === 'true' ? ['granted'] : granted === 'false' ? ['refused'] : ['granted', 'refused']);
  const direct = [...text.matchAll(/\breceipt\(([^,]*'[a-z.-]+'[^,]*),\s*(true|false|\w+)/gu)].flatMap(([, rules = '', granted = '']) => [...rules.matchAll(/'([a-z]+\.[a-z.-]+)'/gu)].flatMap((rule) => verdict(granted).map((one) => `${rule[1]}.${one}`)));
  const written = [...text.matchAll(/\brule: '([a-z.-]+)', granted: (true|false|[^,]+)/gu)].flatMap(([, rule = '', granted = '']) => verdict(granted).map((one) => `${rule}.${one}`));
  const refused = [...text.matchAll(/\brefuse\('[a-z-]+', '([a-z.-]+)'/gu)].map(([, rule = '']) => `${rule}.refused`);
  return [...new Set([...direct, ...written, ...refused])];
}

/** What the page of numbers has pictures of. */
const insightIds = membersOf('web/desk/insights-parts.tsx', /type CardId =/u);

/** Words of the desk that its page puts together. */
const deskTemplates: Readonly<Record<string, readonly string[]>> = {
  '`level.${data.state.identity.level}`': levels.map((level) => `level.${level}`),
  '`level.${state.identity.level}.long`': levels.map((level) => `level.${level}.long`),
  '`role.${person.role}`': roles.map((role) => `role.${role}`),
  '`role.${one}`': roles.map((role) => `role.${role}`),
  '`level.${identity.level}.long`': levels.map((level) => `level.${level}.long`),
  '`clock.${state}`': clockStates.map((state) => `clock.${state}`),
  '`clock.${what}`': membersOf('domain/service-level.ts', /readonly what:/u).map((what) => `clock.${what}`),
  '`presence.${wish}`': presences.map((presence) => `presence.${presence}`),
  '`presence.${person.presence}`': presences.map((presence) => `presence.${presence}`),
  '`approval.state.${one.state}`': membersOf('ports/team.ts', /readonly state:/u).map((state) => `approval.state.${state}`),
  "`decision.${part(one, 'decision')}`": [...(sources['desk/deciding.ts'] ?? '').matchAll(/z\.literal\('([a-z]+)'\)/gu)].map((match) => `decision.${match[1] ?? ''}`),
  '`next.${next}`': membersOf('domain/hand-over-brief.ts', /type NextStep =/u).map((next) => `next.${next}`),
  '`action.${outcome}`': [...outcomes, 'open'].map((outcome) => `action.${outcome}`),
  '`who.${who}`': ['bot', 'waiting'].map((who) => `who.${who}`),
  "`action.${action.outcome ?? 'open'}`": [...outcomes, 'open'].map((outcome) => `action.${outcome}`),
  '`training.busy.${state.busy.what}`': ['learning', 'rolling-back'].map((what) => `training.busy.${what}`),
  '`insights.${id}`': insightIds.map((id) => `insights.${id}`),
  '`insights.${id}.means`': insightIds.map((id) => `insights.${id}.means`),
  '`insights.goodwill.${kind}`': ['coupon', 'refund'].map((kind) => `insights.goodwill.${kind}`),
  '`guard.${kind}`': GUARD_KINDS.map((kind) => `guard.${kind}`),
  '`form.outcome.${came}`': ['accepted', 'done', 'refused', 'unknown'].map((came) => `form.outcome.${came}`),
  '`decide.${one}`': ['accept', 'refuse', 'arrived', 'received', 'passed', 'faultless', 'failed', 'repaired', 'replaced'].map((one) => `decide.${one}`),
  '`counter.${one}`': counterReasons.map((one) => `counter.${one}`),
  '`packing.${side}`': ['length', 'width', 'height'].map((side) => `packing.${side}`),
  '`case-act.${one}`': ['answer', 'decline'].map((one) => `case-act.${one}`),
  '`error.${error.code}`': refusalsOfTheDesk().map((code) => `error.${code}`),
};

/** Kinds of terms the desk's page has words for; a value without one is shown as it is. */
const deskTerms: Readonly<Record<string, readonly string[]>> = {
  channel: channels, order: orderStates, parcel: parcelStates, return: returnStates, 'return-reason': returnReasons,
  signal: membersOf('domain/signals.ts', /type SignalKind =/u), 'signal-why': membersOf('domain/signals.ts', /readonly why:/u), 'case-state': membersOf('ports/cases.ts', /readonly state:/u),
  'case-by': membersOf('domain/case-entry.ts', /readonly by:/u), 'case-what': membersOf('domain/case-entry.ts', /readonly what:/u),
  entity: [...new Set([...(sources['domain/understanding.ts'] ?? '').matchAll(/\bkind: '([a-z_]+)'/gu)].map((match) => match[1] ?? ''))],
  slot: [...new Set(flows.flatMap(({ slots }) => Object.keys(slots)))],
  'flow-name': flowsToName,
  cause: ['product', 'packing_logistics', 'buyer'],
  rule: [...rulesInSource().filter((rule) => rule.endsWith('.refused')).map((rule) => rule.replace(/\.refused$/u, '')), 'other'],
  // Intents are named as the customer's buttons name them, small talk as what it is; flows that pay money back.
  intent: intents.map(({ intent }) => intent).filter((intent) => !(`intent.${intent}` in en)), 'insights-flow': flows.filter(({ id }) => (sources[`flows/${id}.ts`] ?? '').includes("what: 'refund'")).map(({ id }) => id),
  department: [...new Set(wanted.map(({ group }) => group))], reason: [...handOverReasons, 'signal', 'taken'], ticket: ticketKinds, 'ticket-state': ticketStates, verdict: ['unsure', 'out_of_scope'],
};

/** The codes with which the desk's server says no. */
function refusalsOfTheDesk(): string[] {
  const text = Object.entries(sources).filter(([file]) => /^(?:desk|http)\//u.test(file)).map(([, source]) => source).join('\n');
  return [...new Set([...text.matchAll(/(?:new Refused\(\d+,|badRequest\(|refuse\(|code:|\d{3}: \[)\s*'([A-Z][A-Za-z]+)'/gu)].map((match) => match[1] ?? ''))];
}

/** The quoted words in the first argument of every call of `name`, those compared with left out. */
function firstArguments(source: string, name: string): string[] {
  return [...source.matchAll(new RegExp(`\\b${name}\\(`, 'gu'))].flatMap((match) => {
    let depth = 0;
    const from = match.index + match[0].length;
    let end = from;
    for (; end < source.length; end += 1) {
      const sign = source[end] ?? '';
      if ('([{'.includes(sign)) depth += 1;
      if (depth === 0 && /[),]/u.test(sign)) break;
      if (')]}'.includes(sign)) depth -= 1;
    }
    return [...source.slice(from, end).replace(/[!=]==\s*'[^']*'/gu, '').matchAll(/'([^']*)'|(`[^`]*\$\{[^`]*`)/gu)].map((part) => part[1] ?? part[2] ?? '');
  });
}

const inRooms = (pattern: RegExp): [string, string][] => Object.entries(sources).filter(([file]) => pattern.test(file));
const speaking = inRooms(/^(?:flows|dialogue|runtime|documents)\//u);
const makers = [...speaking, ...inRooms(/^(?:text\/|desk\/people|app\/)/u)];
const rules = new Set(rulesInSource().map((rule) => rule.replace(/\.(?:granted|refused)$/u, '')));
const firstWords = new Set(Object.keys(en).map((key) => key.split('.')[0] ?? ''));
const isKeyLike = (text: string): boolean => /^[a-z][\w-]*(?:\.[\w$-]+)+$/u.test(text) && firstWords.has(text.split('.')[0] ?? '') && !rules.has(text);

/** Keys written out in the rooms that speak: what stands after `key:` or in `say(` and `ask(`, and whatever else looks like one. */
const literalKeys = [...new Set(speaking.flatMap(([, source]) => [
  ...[...source.matchAll(/'([^'\n]*)'/gu)].map((match) => match[1] ?? '').filter(isKeyLike),
  ...[...source.matchAll(/\bkey: '([^'\n]+)'/gu)].map((match) => match[1] ?? ''),
  ...firstArguments(source, 'say').filter((word) => /^[a-z][\w-]*\.[\w.-]+$/u.test(word)),
]))].sort();
const deskLiterals = [...new Set(inRooms(/^web\/desk\//u).flatMap(([, source]) => firstArguments(source, 'words')))];
const shopPage = `${readFileSync(`${root}src/web/shop-page/index.html`, 'utf8')}\n${sources['web/shop-page/shop.ts'] ?? ''}`;
const shopPageKeys = [...new Set([...shopPage.matchAll(/\bdata-(?:text|label)="([^"]+)"|\bwords\('([^']+)'\)/gu)].map((match) => match[1] ?? match[2] ?? ''))];
const widgetKeys = membersOf('web/widget/texts.ts', /type TextKey =/u);

const madeKeys = [
  // Put together by the table of decisions, in the rules.
  ...rows.map(({ id }) => `verdict.${id}`),
  ...Object.values(templates).flat(),
  ...Object.values(deskTemplates).flat().map((key) => `desk.${key}`),
  ...Object.entries(deskTerms).flatMap(([kind, values]) => values.map((value) => `desk.${kind}.${value}`)),
];
const required = [...new Set([
  ...literalKeys, ...deskLiterals.filter((key) => !key.startsWith('`')).map((key) => `desk.${key}`), ...widgetKeys.map((key) => `widget.${key}`), ...shopPageKeys.map((key) => `shop-page.${key}`),
  // A refusal of the server the page has no words for is told as `error.other`.
  ...madeKeys.filter((key) => !key.startsWith('desk.error.')),
])];

describe('every language says everything', () => {
  test.each(others)('%s has the keys of English and no other', (tag) => {
    const own = locales[tag] ?? {};
    expect({ missing: Object.keys(en).filter((key) => !(key in own)), unknown: Object.keys(own).filter((key) => !(key in en)) }).toEqual({ missing: [], unknown: [] });
  });
  test.each(Object.keys(locales))('every message of %s can be read, and is not empty', (tag) => {
    const wrong = Object.entries(locales[tag] ?? {}).filter(([, message]) => {
      try {
        return message.trim() === '' || namesIn(message, tag).some((name) => !/^[A-Za-z]+$/u.test(name));
      } catch {
        return true;
      }
    });
    expect(wrong).toEqual([]);
  });
  test.each(others)('%s fills in what English fills in', (tag) => {
    const own = locales[tag] ?? {};
    const wrong = Object.keys(en).filter((key) => key in own).flatMap((key) => {
      const [expected, given] = [namesIn(en[key] ?? '', 'en').join(' '), namesIn(own[key] ?? '', tag).join(' ')];
      return expected === given ? [] : [`${key}: English has {${expected}}, ${tag} has {${given}}`];
    });
    expect(wrong).toEqual([]);
  });
  test.each(Object.keys(locales))('pages find nothing in %s but plain placeholders', (tag) =>
    expect(Object.entries(locales[tag] ?? {}).filter(([key, message]) => isOfAPage(key) && message.replace(/\{\w+\}/gu, '').includes('{'))).toEqual([]));
});

describe('what is said has words, and every word is said', () => {
  test('every key the source names or puts together stands in English', () => expect(required.filter((key) => !(key in en)).sort()).toEqual([]));
  test('every key of English is said somewhere', () => {
    const textOf = (room: RegExp): string => inRooms(room).map(([, source]) => source).join('\n');
    const [server, widget, desk] = [textOf(/^(?!web\/)/u), textOf(/^web\/widget\/(?!texts\.ts)/u), textOf(/^web\/desk\/(?!texts\.ts)/u)];
    const made = new Set(madeKeys);
    const isSaid = (key: string): boolean => {
      const [page, ...rest] = key.split('.');
      const own = rest.join('.');
      const isOn = (text: string): boolean => text.includes(`'${own}'`) || text.includes(`"${own}"`);
      // The widget says why a message could not be sent by the reason's own name.
      const isReason = page === 'widget' && rest[0] === 'error' && widget.includes('`error.${reason}`') && (sources['web/widget/conversation.ts'] ?? '').includes(`'${rest[1]}'`);
      return made.has(key) || server.includes(`'${key}'`) || (page === 'desk' && isOn(desk)) || (page === 'widget' && isOn(widget)) || (page === 'shop-page' && shopPageKeys.includes(own)) || isReason;
    };
    expect(Object.keys(en).filter((key) => !isSaid(key)).sort()).toEqual([]);
  });
  test('every key that is put together is known here, with all it can come to', () => {
    const found = makers.flatMap(([, source]) => [...source.matchAll(/`(?:[a-z][a-z-]*(?:\.[a-z-]+)*\.\$\{|\$\{flow\}\.)[^`]*`/gu)].map((match) => match[0]));
    expect([...new Set(found)].filter((template) => !(template in templates))).toEqual([]);
    expect(Object.keys(templates).filter((template) => !found.includes(template))).toEqual([]);
    const ofTheDesk = deskLiterals.filter((key) => key.startsWith('`'));
    expect(ofTheDesk.filter((template) => !(template in deskTemplates))).toEqual([]);
    expect(Object.keys(deskTemplates).filter((template) => !ofTheDesk.includes(template))).toEqual([]);
  });
  test('every kind of term on the desk is known here', () => {
    const kinds = inRooms(/^web\/desk\//u).flatMap(([, source]) => [...source.matchAll(/\bwords\.term\('([\w-]+)'/gu)].map((match) => match[1] ?? ''));
    expect([...new Set(kinds)].sort()).toEqual(Object.keys(deskTerms).sort());
  });
  test('an intent a customer can press has a name, and one without a flow has its text', () => {
    expect(wanted.length).toBeGreaterThan(40);
    expect(wanted.filter(({ intent }) => !(`intent.${intent}` in en))).toEqual([]);
  });
  test('the sources of truth are really found', () => {
    for (const list of [orderStates, parcelStates, paymentStates, paymentMethods, scanCodes, returnReasons, returnStates, couponProblems, handOverReasons, levels, unknownEta, ticketKinds, ticketStates, outcomes, roles, widgetKeys, shopPageKeys]) expect(list.length).toBeGreaterThan(1);
    expect(channels).toEqual(expect.arrayContaining(['web', 'telegram', 'terminal', 'bot-framework']));
    expect([...rules].sort()).toEqual(expect.arrayContaining(['return.window', 'return.freight-shop', 'return.freight-customer', 'address.state', 'tracking.estimate', 'member.level']));
    expect(refusalsOfTheDesk()).toEqual(expect.arrayContaining(['NotFound', 'TooManyTries']));
  });
});

describe('each of these checks fails where it should', () => {
  test('a placeholder that is left out, a message that cannot be read', () => {
    expect(namesIn('{count, plural, one {# of {total}} other {{total}}} {lines}', 'en')).toEqual(['count', 'lines', 'total']);
    expect(() => namesIn('{count, plural, one {#}', 'en')).toThrow();
  });
  test('a key that is written, compared or chosen', () => {
    expect(firstArguments("words(mode === 'note' ? 'compose.note' : 'compose.reply', { count: a('x') })", 'words')).toEqual(['compose.note', 'compose.reply']);
    expect(firstArguments('words(`level.${one(two)}`)', 'words')).toEqual(['`level.${one(two)}`']);
  });
});
