import { existsSync, readFileSync } from 'node:fs';
import { afterEach, describe, expect, jest, test } from '@jest/globals';
import fc from 'fast-check';
import { figuresOf } from '../../../src/domain/metrics/figures.js';
import type { RawHistory, RawTalk } from '../../../src/domain/metrics/history.js';
import { rawOrderOf } from '../../../src/domain/metrics/orders.js';
import type { Json } from '../../../src/domain/message.js';
import { aChangingCore, comesDue, hour, type Core } from '../../flows/notices.js';
import { aTalk, type Talk } from '../../support/a-core.js';
import { flat, secondWay } from './second-way.js';

jest.setTimeout(120_000);

const opened: Talk[] = [];
afterEach(async () => {
  for (const talk of opened.splice(0)) await talk.end();
});

const customers = ['cus-0001', 'cus-0002', 'cus-0003'];
const said = [
  'where is AC-100001', 'cancel order AC-100004', 'yes', 'no', 'thanks', 'hello', 'I want to talk to a person', 'qwertz asdf yxcv', 'can I return AC-100003', 'it is broken', 'Wo ist meine Bestellung AC-100005?',
  'what is the return policy', 'please cancel AC-100002', 'who won the match yesterday?',
];
const step = fc.record({ who: fc.integer({ min: 0, max: 2 }), what: fc.oneof({ weight: 6, arbitrary: fc.constantFrom(...said) }, { weight: 1, arbitrary: fc.constantFrom('#take', '#close', '#first') }), hours: fc.constantFrom(0, 0, 1, 25, 80) });

/** The raw history again, by the records' other doors: each kind of row read for itself. */
async function byOtherDoors(core: Core, ids: readonly string[]): Promise<RawTalk[]> {
  const list = (value: Json | undefined): readonly Json[] => (Array.isArray(value) ? value as readonly Json[] : []);
  return Promise.all(ids.map(async (id): Promise<RawTalk> => {
    const { records } = core;
    const lines = await records.transcripts.read(id);
    const customerId = (await Promise.all(customers.map(async (customer) => ((await records.reach.of(customer)).some(({ conversationId }) => conversationId === id) ? customer : undefined)))).find((one) => one !== undefined);
    const cases = await records.cases.ofConversation(id);
    return {
      conversationId: id, channel: 'test', ...(customerId === undefined ? {} : { customerId }),
      lines: lines.map(({ at, from, replies, trace }) => ({
        at, from, ...(replies ? { replies } : {}), ...(trace ? { receipts: trace.receipts } : {}),
        ...Object.fromEntries((replies ?? []).flatMap(({ key, values }) => (key.startsWith('notice.') && typeof values?.['number'] === 'string' ? [['notice', values['number']]] : []))),
      })),
      // A message is understood when it comes; its line stands in the transcript under the same id.
      messages: (await records.understandings.ofConversation(id)).map(({ messageId, understanding }) => {
        const { locale, intents, entities } = understanding as { locale: string; intents: { intent: string; verdict: string }[]; entities: { kind: string; value: string }[] };
        return { at: lines.find((line) => line.messageId === messageId)?.at ?? '', locale, intents: intents.filter(({ intent }) => intent !== ''), orders: entities.filter(({ kind }) => kind === 'order_number').map(({ value }) => value) };
      }),
      tickets: (await records.tickets.ofConversation(id)).map((one) => ({ ...one, isTaken: one.assignedTo !== undefined })),
      writes: (await records.actions.ofConversation(id)).filter(({ outcome }) => outcome === 'done').map(({ flow, closedAt, receipt }) => ({ flow, at: closedAt ?? '', sums: list((receipt as { sums?: Json }).sums) as unknown as RawTalk['writes'][number]['sums'] })),
      goodwill: (await Promise.all(cases.map(({ number }) => records.cases.entries(number)))).flat().flatMap(({ what, at, offer }) => (what === 'accepted' && offer ? [{ at, ...offer }] : [])),
      cases: cases.map(({ number, kind, orderNumber, openedAt }) => ({ number, kind, order: orderNumber, openedAt })),
      ratings: await records.ratings.ofConversation(id),
    };
  }));
}

describe('the figures of random talks', () => {
  test('[AE-21] [AE-09] are the same worked out from what the records tell by another door, a second way', async () => {
    let handed = 0;
    await fc.assert(fc.asyncProperty(fc.array(step, { minLength: 6, maxLength: 12 }), async (steps) => {
      const core = await aChangingCore();
      const from = core.clock.now();
      const talks: Talk[] = [];
      for (const [index] of customers.entries()) talks.push(await aTalk(core, `t${index}`, talks[0]?.runtime));
      opened.push(...talks.slice(0, 1));
      for (const [n, { who, what, hours }] of steps.entries()) {
        const talk = talks[who];
        if (!talk) continue;
        if (hours > 0) await comesDue(core, talk, hours * hour);
        if (what === '#first') await talk.presses(talk.choices()[0] ?? 'm');
        else if (what.startsWith('#')) {
          await talk.runtime.act({ kind: 'agent-act', id: `act${n}`, conversationId: talk.id, at: core.clock.now(), agent: { id: 'a', name: 'Ada' }, act: what === '#take' ? 'take' : 'close' });
          await talk.runtime.settled(talk.id);
        } else await talk.says(what, { identity: customers[who] ?? '' });
      }
      await talks[0]?.runtime.stop();
      const now = core.clock.now();
      const window = { from, to: new Date(Date.parse(now) + 1).toISOString() };
      const ids = await core.records.history.conversations(window, '', 100);
      expect(ids.filter((id) => !id.startsWith('test:t'))).toEqual([]);
      const orders = (await Promise.all(customers.map((customer) => core.shop.reader.ordersOf(customer)))).flat().flatMap((order) => rawOrderOf(order) ?? []);
      const gaps = await core.records.history.gaps(window);
      const read = async (list: RawTalk[]): Promise<RawHistory> => ({ talks: list, orders, gaps });
      const first = flat(figuresOf(await read(await core.records.history.read(ids)), window, now));
      const second = secondWay(await read(await byOtherDoors(core, ids)), window, now);
      expect(first).toEqual(second);
      handed += first.contacts['handed-over'] + first.contacts.running;
    }), { numRuns: 12, seed: 7, endOnFailure: true });
    expect(handed).toBeGreaterThan(0);
  });
});

test('what each number means stands in docs/metrics.md', () => {
  const file = 'docs/metrics.md';
  expect(existsSync(file)).toBe(true);
  const fields = Object.keys(figuresOf({ talks: [], orders: [], gaps: [] }, { from: '2026-01-01T00:00:00Z', to: '2026-01-02T00:00:00Z' }, '2026-01-02T00:00:00Z')).filter((name) => name !== 'span');
  expect(fields.filter((name) => !readFileSync(file, 'utf8').includes(`\`${name}\``))).toEqual([]);
  // And beside every picture, in every language.
  const cards = [...readFileSync('src/web/desk/insights.tsx', 'utf8').matchAll(/<Card id="(\w+)"/gu)].map((match) => match[1] ?? '');
  expect(cards).toHaveLength(12);
  for (const tag of ['en', 'zh', 'es', 'pt', 'fr', 'de', 'ru', 'ar']) {
    const words = JSON.parse(readFileSync(`locales/${tag}.json`, 'utf8')) as Record<string, string>;
    expect([tag, cards.filter((card) => (words[`desk.insights.${card}.means`] ?? '').length < 12)]).toEqual([tag, []]);
  }
});
