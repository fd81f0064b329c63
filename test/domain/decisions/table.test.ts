import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { counterReasonHolds, counterReasons } from '../../../src/domain/decisions/counter-reasons.js';
import { cellOf, decide, type Case } from '../../../src/domain/decisions/decide.js';
import { allCells, printDecisions } from '../../../src/domain/decisions/document.js';
import { evidences, groups, matterFacts, matters, notADefect, type Evidence } from '../../../src/domain/decisions/matters.js';
import { detailsOf, matterOfReason } from '../../../src/domain/decisions/reasons.js';
import { axes, rows, rowsFor, type Row } from '../../../src/domain/decisions/verdicts.js';

const settings = { policyVersion: 'v', at: '2026-06-17T09:00:00.000Z' };
const aCase = (more: Partial<Case> = {}): Case => ({ matter: 'defect', buyer: [], shop: [], goods: 'free', time: 'scheme', agreement: 'none', conduct: 'none', ...more });
const rule = (more: Partial<Case>) => decide(aCase(more), settings);
const subsets: readonly (readonly Evidence[])[] = Array.from({ length: 2 ** evidences.length }, (_, bits) => evidences.filter((_one, index) => (bits >> index) % 2 === 1));

/** Cells of a table that no row fits, or several with different outcomes. */
const flaws = (table: readonly Row[]) => allCells().flatMap((cell) => {
  const found = rowsFor(cell, table);
  return found.length === 0 ? [{ cell, why: 'nothing' }] : new Set(found.map(({ outcome }) => JSON.stringify(outcome))).size > 1 ? [{ cell, why: found.map(({ id }) => id).join(' against ') }] : [];
});

describe('the table of decisions', () => {
  test('fits every combination of its axes exactly once', () => {
    expect(allCells()).toHaveLength(6 * 2 * 2 * 2 * 3 * 4 * 3);
    expect(flaws(rows)).toEqual([]);
    expect(allCells().filter((cell) => rowsFor(cell).length !== 1)).toEqual([]);
    expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length);
  });
  test('a hole or a contradiction in it is found, and which', () => {
    expect(flaws(rows.filter(({ id }) => id !== 'carrier')).every(({ cell, why }) => why === 'nothing' && cell.group === 'carrier')).toBe(true);
    expect(flaws(rows.filter(({ id }) => id !== 'carrier')).length).toBeGreaterThan(0);
    const [change] = rows.filter(({ id }) => id === 'change-of-mind');
    if (!change) throw new Error('no such row');
    expect(flaws([...rows, { ...change, id: 'other', outcome: { ...change.outcome, back: 'shop' } }])[0]?.why).toBe('change-of-mind against other');
  });
  test('every row is reached, and knows its axes', () => {
    const reached = new Set(allCells().flatMap((cell) => rowsFor(cell).map(({ id }) => id)));
    expect(rows.filter(({ id }) => !reached.has(id))).toEqual([]);
    expect([...groups].sort()).toEqual([...axes.group].sort());
  });
  test('[TB-43] every case with every proof of either side has a verdict or names what is missing, never nothing', () => {
    const bad = matters.flatMap((matter) => subsets.flatMap((buyer) => subsets.flatMap((shop) => {
      const { ruling, missing, verdict, refusal } = rule({ matter, buyer, shop });
      const isRight = ruling === 'granted' ? refusal === undefined : ruling === 'refused' ? refusal !== undefined : verdict === 'contested' || missing.buyer.length > 0;
      return isRight ? [] : [{ matter, buyer, shop, verdict }];
    })));
    expect(bad).toEqual([]);
    for (const matter of matters) {
      for (const cell of allCells().filter(({ group }) => group === matterFacts[matter].group)) expect(decide(aCase({ matter, ...cell, buyer: [], shop: [] }), settings).verdict).not.toBe('');
    }
  });
  test('whoever must show something is told what, and with it the case moves on', () => {
    for (const matter of matters.filter((one) => rule({ matter: one }).ruling === 'proof-wanted')) {
      const { missing } = rule({ matter });
      expect([matter, missing.buyer.length]).not.toEqual([matter, 0]);
      expect(cellOf(aCase({ matter, buyer: missing.buyer })).buyer).toBe('shown');
      expect(rule({ matter, buyer: missing.buyer }).ruling).toBe('granted');
    }
  });
});

describe('the rules of the table', () => {
  test('[TB-25] a quality fault is a defect or a wrong item sent by the shop, and the shop pays every leg', () => {
    expect(rule({ matter: 'defect', buyer: ['photo'] })).toMatchObject({ fault: 'seller_defect', ruling: 'granted', there: 'shop', back: 'shop', replacement: 'shop', winner: 'buyer' });
    expect(rule({ matter: 'wrong_item', buyer: ['photo'] })).toMatchObject({ fault: 'seller_wrong_item', there: 'shop', back: 'shop', replacement: 'shop' });
  });
  test('[TB-21] who is at fault pays, unless both agree otherwise', () => {
    const faulty = { matter: 'defect', buyer: ['photo'] } as const;
    expect(rule(faulty).back).toBe('shop');
    expect(rule({ ...faulty, agreement: 'split' })).toMatchObject({ back: 'split', replacement: 'split', winner: 'settled' });
    expect(rule({ ...faulty, agreement: 'buyer' }).back).toBe('customer');
    expect(rule({ matter: 'changed_mind' }).back).toBe('customer');
    expect(rule({ matter: 'changed_mind', agreement: 'shop' }).back).toBe('shop');
  });
  test('[TB-23] a grey case wants proof of both sides, lists it, and offers to meet half-way', () => {
    expect(rule({ matter: 'measurements' })).toMatchObject({ verdict: 'evidence-needed', fault: 'open', compromise: true, missing: { buyer: ['photo', 'measurements'], shop: ['measurements'] } });
    expect(rule({ matter: 'measurements', buyer: ['photo'] }).missing.buyer).toEqual(['measurements']);
    expect(rule({ matter: 'measurements', buyer: ['photo', 'measurements'], shop: ['listing_comparison'] })).toMatchObject({ verdict: 'contested', compromise: true });
  });
  test('[TB-42] a size that is proven to differ: the shop pays both ways, and three points for the merchant alone', () => {
    const verdict = rule({ matter: 'measurements', buyer: ['photo', 'measurements'] });
    expect(verdict).toMatchObject({ verdict: 'size-mismatch', fault: 'seller_defect', back: 'shop', there: 'shop', points: 3 });
    expect(JSON.stringify(verdict.receipt)).not.toMatch(/point/u);
    expect(rows.filter(({ outcome }) => outcome.points !== undefined).map(({ id }) => id)).toEqual(['size-mismatch']);
  });
  test('[TB-29] what is no defect: colours of the screen, feel, fit, threads, marks, buttons; as a wish it goes back in time', () => {
    expect([...notADefect].sort()).toEqual(['button', 'cut_marks', 'feel', 'fit', 'loose_threads', 'not_as_imagined', 'screen_colour', 'see_through', 'thickness']);
    for (const matter of notADefect) {
      expect(rule({ matter, buyer: ['photo'] })).toMatchObject({ fault: 'nobody', ruling: 'granted', back: 'customer' });
      expect(rule({ matter, goods: 'excluded' })).toMatchObject({ ruling: 'refused', refusal: 'not-in-scheme', winner: 'seller' });
      expect(rule({ matter, time: 'fault' })).toMatchObject({ ruling: 'refused', refusal: 'over-window', winner: 'seller' });
    }
  });
  test('damage on the way is settled by the shop, whatever the shop shows', () => {
    expect(rule({ matter: 'damaged_in_transit', buyer: ['photo'], shop: ['packing_photo'] })).toMatchObject({ fault: 'carrier', back: 'shop' });
    expect(rule({ matter: 'damaged_in_transit' })).toMatchObject({ refusal: 'no-photo' });
  });
  test('[TB-31] no photo, sent without contact, damage by the user: each has its code', () => {
    expect(rule({ matter: 'defect' }).refusal).toBe('no-photo');
    for (const matter of matters) {
      expect(rule({ matter, conduct: 'no_contact' }).refusal).toBe('no-contact');
      expect(rule({ matter, conduct: 'user_damage' })).toMatchObject({ refusal: 'user-damage', fault: 'buyer', cause: 'buyer' });
    }
  });
  test('[AE-10] every verdict names one of three causes', () => {
    expect([...new Set(matters.map((matter) => rule({ matter }).cause))].sort()).toEqual(['buyer', 'packing_logistics', 'product']);
    expect(rule({ matter: 'quantity' }).cause).toBe('packing_logistics');
    expect(rule({ matter: 'shelf_life' }).cause).toBe('product');
  });
  test('[TB-41] what a shop says against a claim stands only where the case bears it out', () => {
    const cell = cellOf(aCase({ matter: 'changed_mind' }));
    expect(counterReasonHolds.over_window(cell)).toBe('fails');
    expect(counterReasonHolds.over_window({ ...cell, time: 'fault' })).toBe('holds');
    expect(counterReasonHolds.not_in_scheme({ ...cell, goods: 'excluded' })).toBe('holds');
    expect(counterReasonHolds.resale_harmed(cell)).toBe('open');
    expect(counterReasonHolds.resale_harmed(cellOf(aCase({ buyer: ['photo'] })))).toBe('fails');
    expect(new Set(counterReasons.flatMap((reason) => allCells().map((one) => counterReasonHolds[reason](one))))).toEqual(new Set(['holds', 'fails', 'open']));
  });
  test('[TB-14] the taxonomy has defect, shelf life, colour, quantity, postage, dispatch, accessories and prior agreement', () => {
    for (const matter of ['defect', 'shelf_life', 'colour', 'quantity', 'postage', 'dispatch', 'accessories', 'prior_agreement'] as const) expect(matterFacts[matter].group).toBe('quality');
    for (const [reason, details] of Object.entries(detailsOf)) expect(details).toContain(matterOfReason[reason as keyof typeof matterOfReason]);
  });
});

test('docs/decisions.md is what the tables say (npx aftercare decisions > docs/decisions.md)', () => {
  expect(readFileSync(new URL('../../../docs/decisions.md', import.meta.url), 'utf8')).toBe(printDecisions());
});
