import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { defaultPolicyFile, parsePolicy } from '../../src/policy/read-policy.js';
import { root } from '../house/sources.js';

const shipped = readFileSync(defaultPolicyFile, 'utf8');
const lineOf = (yaml: string, text: string): number => yaml.slice(0, yaml.indexOf(text)).split('\n').length;

function found(yaml: string) {
  const read = parsePolicy(yaml);
  if ('problems' in read) throw new Error(JSON.stringify(read.problems));
  return read.contradictions;
}

/** The shipped policy with passages put in the place of others. */
function written(...changes: readonly (readonly [string, string])[]): string {
  return changes.reduce((yaml, [right, wrong]) => {
    expect(yaml).toContain(right);
    return yaml.replace(right, wrong);
  }, shipped);
}

describe('a policy that speaks against itself', () => {
  test('the shipped one does not, nor does the outside benchmark’s', () => {
    expect(found(shipped)).toEqual([]);
    expect(found(readFileSync(`${root}test/tau/policy.yaml`, 'utf8'))).toEqual([]);
  });

  test('[TB-29] [TB-30] "not as imagined is not accepted" beside "not satisfied goes back" is told with both lines, and the shop decides', () => {
    const yaml = written(['  photoFor:', '  notAccepted: [changed_mind, wrong_size]\n  photoFor:']);
    const [one, ...more] = found(yaml);
    expect(more).toEqual([]);
    expect(one).toMatchObject({ code: 'returns.without-fault', isDecided: false, places: [{ path: 'returns.notAccepted', line: lineOf(yaml, 'notAccepted:') }, { path: 'returns.withoutFault', line: lineOf(yaml, '  withoutFault: true\n') }] });
    const [decided] = found(yaml.replace('identity:', 'decided: [returns.without-fault]\nidentity:'));
    expect(decided).toMatchObject({ isDecided: true });
  });

  test('[TB-27] [TB-32] "nothing after signing" beside damage as the shop’s fault is told with both lines', () => {
    const yaml = written(['damageWithinDays: 7', 'damageWithinDays: 0']);
    expect(found(yaml)).toMatchObject([{
      code: 'delivery.damage-after-signing',
      places: [{ path: 'delivery.damageWithinDays', line: lineOf(yaml, 'damageWithinDays') }, { path: 'returns.faultReasons.1', line: lineOf(yaml, 'faultReasons') }],
    }]);
  });

  test.each([
    ['a kind of goods left out that has a window', 'underwear: { withoutFault: false,', 'underwear: { withoutFault: false, windowDays: 7,', 'returns.categories.underwear.excluded-with-window'],
    ['a kind of goods left out against the law', 'underwear: { withoutFault: false, lawExempt: true }', 'underwear: { withoutFault: false }', 'returns.categories.underwear.excluded-against-law'],
    ['an exemption of what is not left out', 'underwear: { withoutFault: false, lawExempt: true }', 'underwear: { lawExempt: true }', 'returns.categories.underwear.exempt-without-exclusion'],
    ['a window shorter than the law of a listed country', '  categories:\n    underwear', '  categories:\n    shoes: { windowDays: 7 }\n    underwear', 'returns.categories.shoes.below-law'],
    ['a country with less than its law', 'AT: &eu { windowDays: 14', 'AT: &eu { windowDays: 10', 'returns.countries.AT.below-law.windowDays'],
    ['a fault window shorter than the other', 'faultWindowDays: 30', 'faultWindowDays: 10', 'returns.fault-window'],
    ['a reason that is a fault and not accepted', '  photoFor:', '  notAccepted: [wrong_item]\n  photoFor:', 'returns.fault-not-accepted.wrong_item'],
    ['a photo of what is no fault', 'photoFor: [defective,', 'photoFor: [changed_mind, defective,', 'returns.photo-without-fault.changed_mind'],
    ['taste refused where anything goes back', 'subjective: accept', 'subjective: refuse', 'returns.taste-refused'],
    ['a reminder before there is anything to answer', 'sellerAnswers: false      # true: a person of the shop answers every return; false: the bot grants by rule\n    answerDays: 5', 'sellerAnswers: true\n    answerDays: 2', 'returns.reminder-too-early'],
    ['a claim without a photo where the return wants one', 'damagePhotos: 1', 'damagePhotos: 0', 'delivery.damage-photos'],
    ['a limit for refunds there are none of', 'withoutReturn: true', 'withoutReturn: false', 'refunds.limit-without-refunds'],
    ['repairs under no warranty', 'makerNetwork: [electronics', 'makerNetwork: [cosmetics, electronics', 'warranty.repair-without-warranty.cosmetics'],
    ['pieces taken out of a fixed number', 'quantityMayChange: true', 'quantityMayChange: false', 'orders.fixed-quantity-removable'],
    ['cancelling what is under way', 'cancelIn: [unpaid,', 'cancelIn: [shipped, unpaid,', 'orders.too-late.cancelIn'],
    ['a desk that closes before it opens', 'from: "09:00"\n  to: "18:00"', 'from: "19:00"\n  to: "18:00"', 'desk.closes-before-opening'],
    ['hours that overlap', '{ from: "08:00", to: "13:00" }', '{ from: "08:00", to: "14:00" }', 'delivery.overlapping-windows'],
  ])('is told of %s', (_, right, wrong, code) => {
    const all = found(written([right, wrong]));
    expect(all.map((one) => one.code)).toContain(code);
    for (const { places } of all) for (const { line, path } of places) expect(`${path} ${line > 0 ? 'has a line' : 'has none'}`).toBe(`${path} has a line`);
  });

  test('a photo that is wanted but never asked for is told', () => expect(found(written(['withoutPhoto: inspect', 'withoutPhoto: refuse'], ['photoFor: [defective, damaged_in_transit, not_as_described, wrong_item]', 'photoFor: []'])).map((one) => one.code)).toEqual(['returns.photo-never-asked']));

  test('a method that is free but has no price is told', () => expect(found(written(['express: 1290, ', ''], ['freeFrom: { standard: 6000 }', 'freeFrom: { express: 1 }'])).map((one) => one.code)).toEqual(['delivery.free-without-price.express']));
});

describe('what is wrong with a policy', () => {
  test('[TB-03] is told with its line, in overrides by article, kind, member and country too', () => {
    const yaml = written(['  categories:\n    underwear', '  items: { P-1: { freight: free } }\n  members: { gold: { windowDays: -1 } }\n  categories:\n    underwear']);
    const read = parsePolicy(yaml);
    expect(read).toMatchObject({ problems: [{ path: 'returns.items.P-1.freight', line: lineOf(yaml, 'P-1') }, { path: 'returns.members.gold.windowDays', line: lineOf(yaml, 'gold') }] });
  });
});
