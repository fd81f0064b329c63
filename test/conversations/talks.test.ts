import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { parse } from 'yaml';
import { flows } from '../../src/flows/index.js';
import type { Door } from '../support/doors/door.js';
import { openStage, type Stage } from '../support/doors/stage.js';
import { openTerminalDoor } from '../support/doors/terminal.js';
import { hold } from './hold.js';
import { handlers, kinds, parseTalk, readTalks } from './talks.js';

jest.setTimeout(60_000);

/** Nobody whose identity is proven by an order is without one; these guard customers that a signed identity alone brings. */
const needsCustomerWithoutOrders = ['no-orders', 'no-customer'];

/** The talks are held with the shop's settings as delivered; these come only of others, and the tests of the flows meet them. */
const needsOtherSettings = [
  'extend-protection.refused.none',
  ...['change-address', 'change-contact', 'change-payment', 'remove-item', 'cancel-order', 'swap-items'].map((flow) => `${flow}.refused.already-changed`),
  ...['change-payment', 'remove-item', 'swap-items'].map((flow) => `${flow}.refused.not-allowed`), ...['return-item', 'swap-items'].map((flow) => `${flow}.refused.once`),
  'swap-items.refused.quantity-fixed', 'swap-items.refused.other-currency', 'swap-items.refused.gift-card-short', 'refund-only.refused.with-return', 'price-adjustment.refused.not-offered',
];

/** What the flow hears of before it comes so far: only an order or a product that changes within a turn brings these. */
const needsChangeMeanwhile = ['swap-items.refused.not-delivered', 'swap-items.refused.order-cancelled', 'product-question.refused.not-found', 'claim-coupon.refused.not-claimable'];

/** Nobody of the well-known people has two orders at home of which nothing has gone back. */
const needsOtherPeople = ['cancel-order.refused.all-delivered'];

/** Only the button of something told unasked leads here, and no time passes in a talk. */
const needsNotice = ['sold-out-wait.refused.no-order', 'share-photo.refused.none'];

/** Only what the shop answers, what is decided at the desk, or time that passes brings these: no talk of lines alone can. */
const needsShopOrTime = [
  'change-payment.refused.moved',
  ...['not-a-defect', 'no-photo', 'proof-wanted'].flatMap((code) => [`return-item.refused.${code}`, `swap-items.refused.${code}`]), 'return-status.refused.announce', 'return-shipment.refused.no-returns', 'return-shipment.refused.too-late',
  ...['no-returns', 'on-its-way', 'closed', 'kept'].map((code) => `return-withdraw.refused.${code}`), 'item-problem.refused.not-returnable',
  ...['not-paid', 'too-early', 'with-platform', 'nothing-shown', 'kept', 'no-offer', 'offer-waiting', 'no-agreement'].map((code) => `dispute.refused.${code}`),
];

describe('the talks', () => {
  const talks = readTalks();

  test('there are enough of them in each language and for each handler', () => {
    expect(talks.length).toBeGreaterThanOrEqual(60);
    for (const locale of ['en', 'zh', 'es']) {
      const own = talks.filter((talk) => talk.locale === locale);
      expect([locale, own.length >= 18]).toEqual([locale, true]);
      expect([locale, handlers.filter((handler) => !own.some((talk) => talk.handler === handler))]).toEqual([locale, []]);
    }
  });

  test('every kind of thing that happens in a talk happens in some', () => {
    expect(kinds.filter((kind) => !talks.some((talk) => talk.kinds.includes(kind)))).toEqual([]);
  });

  test('what happens most happens in each language', () => {
    const common = ['digression', 'correction', 'refusal', 'which-order', 'which-line', 'by-number', 'by-item', 'by-time', 'by-position', 'burst', 'wrong-identity', 'language-switch', 'never-mind', 'why', 'repeat', 'photo', 'hand-over', 'out-of-scope', 'unsure', 'twice'] as const;
    for (const locale of ['en', 'zh', 'es']) {
      expect([locale, common.filter((kind) => !talks.some((talk) => talk.locale === locale && talk.kinds.includes(kind)))]).toEqual([locale, []]);
    }
  });

  test('every flow of orders, deliveries and returns is gone through in each language', () => {
    const folder = new URL('../../intents/', import.meta.url);
    const known = readdirSync(folder).filter((name) => name.endsWith('.yaml')).map((name) => parse(readFileSync(new URL(name, folder), 'utf8')) as { readonly group?: string; readonly flow?: string | null });
    const wanted = [...new Set(known.flatMap(({ group = '', flow }) => (flow && ['orders', 'delivery', 'returns'].includes(group) ? [flow] : [])))];
    expect(wanted.length).toBeGreaterThan(20);
    for (const locale of new Set(talks.map((talk) => talk.locale))) {
      const said = talks.filter((talk) => talk.locale === locale).flatMap((talk) => talk.turns.flatMap((turn) => turn.expects));
      expect([locale, wanted.filter((flow) => !said.some((key) => key.startsWith(`${flow === 'track-parcel' ? 'track' : flow}.`)))]).toEqual([locale, []]);
    }
  });

  test('every refusal a customer can meet is met', () => {
    const expected = new Set(talks.flatMap((talk) => talk.turns.flatMap((turn) => turn.expects)));
    const exempt = [...needsOtherSettings, ...needsChangeMeanwhile, ...needsOtherPeople, ...needsNotice, ...needsShopOrTime];
    const all = flows.flatMap((flow) => flow.refusals.filter((code) => !needsCustomerWithoutOrders.includes(code)).map((code) => `${flow.id}.refused.${code}`));
    expect(all.filter((key) => !expected.has(key) && !exempt.includes(key))).toEqual([]);
    // An exemption that is no longer needed, or of a refusal that is no more, goes.
    expect(exempt.filter((key) => expected.has(key) || !all.includes(key))).toEqual([]);
  });

  test('no two talks have the same name', () => {
    const names = talks.map(({ name }) => name);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  });

  test('a talk that says nothing, or two things in a turn, is not taken', () => {
    expect(() => parseTalk({ name: 'x', turns: [{ expects: ['a'] }] })).toThrow();
    expect(() => parseTalk({ name: 'x', turns: [{ says: 'a', presses: 'b' }] })).toThrow();
    expect(() => parseTalk({ name: 'x', turns: [{ says: 'a', expets: [] }] })).toThrow();
    expect(() => parseTalk({ name: '[SH-01] [SH-02] [SH-03] [SH-04] x', turns: [{ says: 'a' }] })).toThrow();
  });
});

describe('the check', () => {
  let stage: Stage;
  let door: Door;
  beforeAll(async () => {
    stage = await openStage('terminal');
    door = openTerminalDoor(stage);
  });
  afterAll(async () => {
    await door.close();
    await stage.close();
  });
  let count = 1_000;
  const problemsOf = async (turns: readonly object[]): Promise<readonly string[]> => {
    count += 1;
    return (await hold({ ...parseTalk({ name: 'one', turns }), index: count }, door, stage)).problems;
  };
  const said = { says: 'which promotions are running?' };

  test('is content with what is so', async () => {
    expect(await problemsOf([{ ...said, expects: ['promotions.list'], shows: ['More is less'], choices: ['i:coupon_help'] }])).toEqual([]);
  });

  test.each([
    ['a key that is not there', { expects: ['coupons.open'] }],
    ['a key that must not be there', { lacks: ['promotions.list'] }],
    ['a fact that is not told', { shows: ['€1,234.56'] }],
    ['a fact that must not be told', { hides: ['More is less'] }],
    ['a button that is not offered', { choices: ['y'] }],
    ['a file that did not come', { files: ['A6'] }],
    ['a link that did not come', { links: ['https'] }],
    ['a write that was not made', { writes: 1 }],
    ['words that were kept', { neverKept: ['promotions'] }],
    ['something the shop does not hold', { holds: { 'AC-100002': 'Timbuktu' } }],
  ])('turns red at %s', async (_, wrong) => {
    expect(await problemsOf([{ ...said, ...wrong }])).not.toEqual([]);
  });

  test('turns red at a write nobody expected', async () => {
    const talk = [{ says: 'change the address of AC-100002, anna@example.com' }, { says: 'ul. Nowa 3, 31-056 Kraków', expects: ['change-address.plan'] }, { says: 'yes', expects: ['change-address.done'] }];
    expect(await problemsOf(talk)).toEqual(expect.arrayContaining([expect.stringContaining('1 writes so far, not 0')]));
  });
});
