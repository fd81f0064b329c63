import { describe, expect, test } from '@jest/globals';
import { flows } from '../../src/flows/index.js';
import { readSources, withoutComments, type Sources } from '../house/sources.js';

/** Refusals no rule stands behind, each with why. Everything else that is refused names its rule. */
const withoutRule: Readonly<Record<string, string>> = {
  'no-orders': 'there is nothing it could be about',
  'no-customer': 'nobody is known whose account it could be',
  'other-data': 'it is said where such a wish belongs',
  'of-order': 'it is said where such a wish belongs, and taken up there',
  'same-address': 'it would change nothing',
  'same-contact': 'it would change nothing',
  'same-method': 'it would change nothing',
  'no-other': 'the customer has no other way to pay: a fact of the account',
  'nothing-left': 'what is wanted is not in stock: a fact of the shop',
  'look-first': 'the customer looks first, as they say',
  return: 'the customer chose to send it back, and that is taken up',
  'to-the-maker': 'the customer chose the maker, and hears how',
  'no-returns': 'there is none it could be about',
  'no-refunds': 'there is none it could be about',
  'none-fits': 'nothing is as was asked for',
  'not-found': 'nothing is as was asked for',
  'on-site': 'somebody comes: there is nothing to send, so no label',
  'on-its-way': 'the parcel has left: the label has been used',
  kept: 'the customer keeps it as it is, as they say',
  none: 'the customer has no picture to show, as they say',
  announce: 'it is said what it was sent with, and that is taken up',
  'no-order': 'there is nothing it could be about',
  'nothing-shown': 'the customer showed nothing yet',
  'no-offer': 'goodwill is no right: there is none to give',
  'no-agreement': 'the customer took none of the offers',
  'review-abuse': 'it is said where such a wish belongs, and taken up there',
  'plan-stale': 'the order changed meanwhile: a new plan is shown',
};

/** The same of single flows. */
const withoutRuleIn: Readonly<Record<string, string>> = {
  'flows/privacy-request.ts: already-open': 'somebody is on it, and about no order: it is said with its number',
  'flows/unlock-account.ts: already-open': 'somebody is on it, and about no order: it is said with its number',
};

/** Refusals that name no rule in the source, by their file and code. */
function silent(sources: Sources): string[] {
  return Object.entries(sources).filter(([file]) => file.startsWith('flows/')).flatMap(([file, source]) => {
    const text = withoutComments(source);
    return [...text.matchAll(/refused: '([a-z-]+)'/gu)].flatMap((match) => {
      const code = match[1] ?? '';
      const literal = around(text, match.index);
      const isType = /Refused<[^>]*$/u.test(text.slice(0, match.index));
      return code in withoutRule || `${file}: ${code}` in withoutRuleIn || isType || /\breceipts\b|\.\.\.(?:plan|rest|refused|common|again)\b/u.test(literal) ? [] : [`${file}: ${code}`];
    });
  });
}

/** The object literal around a place: from its brace to the one that closes it. */
function around(text: string, place: number): string {
  let [from, depth] = [place, 0];
  for (; from > 0 && !(text[from] === '{' && depth === 0); from -= 1) depth += text[from] === '}' ? 1 : text[from] === '{' ? -1 : 0;
  let to = from;
  depth = 0;
  do {
    depth += text[to] === '{' ? 1 : text[to] === '}' ? -1 : 0;
    to += 1;
  } while (to < text.length && depth > 0);
  return text.slice(from, to);
}

describe('every no names its rule', () => {
  const sources = readSources();
  const all = Object.entries(sources).filter(([file]) => /^(?:flows|domain)\//u.test(file)).map(([, source]) => withoutComments(source)).join('\n');

  test('[SH-10] [SH-05] in all flows, wherever something is refused', () => expect(silent(sources)).toEqual([]));

  test('[SH-10] every refusal an action declares is given with a receipt somewhere, or stands in the list of those without a rule', () => {
    const given = (code: string): boolean => new RegExp(`(?:refused: |refuse\\(|case |\\? |: |=== )'${code}'`, 'u').test(all);
    const actions = flows.filter(({ kind }) => kind === 'action');
    expect(actions.length).toBeGreaterThan(10);
    expect(actions.flatMap((flow) => flow.refusals.filter((code) => !(code in withoutRule) && !given(code)).map((code) => `${flow.id}: ${code}`))).toEqual([]);
  });

  test('no reason in the list is left of a refusal that is gone', () => {
    const declared = new Set([...flows.flatMap((flow) => flow.refusals), 'plan-stale']);
    expect(Object.keys(withoutRule).filter((code) => !declared.has(code))).toEqual([]);
  });

  test('this check fails where it should', () => {
    const planted = (source: string): Sources => ({ ...sources, 'flows/planted.ts': source });
    expect(silent(planted("return { refused: 'too-late', with: { number } };"))).toEqual(['flows/planted.ts: too-late']);
    expect(silent(planted("return { refused: 'too-late', with: { number }, receipts };"))).toEqual([]);
    expect(silent(planted("const f = () => ({ receipts }); return { refused: 'too-late' };"))).toEqual(['flows/planted.ts: too-late']);
  });
});
