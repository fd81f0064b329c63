import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, describe, expect, test } from '@jest/globals';
import { policy } from '../../src/cli/policy.js';
import { defaultPolicyFile } from '../../src/policy/read-policy.js';

const folder = mkdtempSync(join(tmpdir(), 'policy-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const shipped = readFileSync(defaultPolicyFile, 'utf8');
const file = (name: string, yaml: string): string => {
  writeFileSync(join(folder, name), yaml);
  return join(folder, name);
};

async function run(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  let [out, err] = ['', ''];
  const code = await policy.run(args, { out: (text) => { out += text; }, err: (text) => { err += text; }, stdin: Readable.from([]) });
  return { code, out, err };
}

describe('a merchant who checks their policy', () => {
  test('hears that it is right and what its rules come to', async () => {
    const { code, out, err } = await run('check', file('right.yaml', shipped.replace('windowDays: 15', 'windowDays: 21').replace('guesses: 5', 'guesses: 4')));
    expect([code, err]).toEqual([0, '']);
    expect(out).toContain('Policy 2026-11-01 is right');
    expect(out).toContain('within 21 days of delivery');
    expect(out).toContain('After 4 wrong tries in 15 minutes');
    expect(out).toContain('Not without a fault: underwear, cosmetics');
  });
  test('gets it as one JSON object', async () => {
    const { code, out } = await run('check', file('right.yaml', shipped), '--json');
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ ok: true, policy: { version: '2026-11-01', returns: { windowDays: 15 } } });
  });
  test('hears of everything that is wrong at once, each by its place', async () => {
    const wrong = shipped.replace('windowDays: 15', 'windowDays: soon').replace('guesses: 5', 'guesses: 0').replace('from: "09:00"', 'from: "9 am"').replace('freight: 590', 'freight: 5.90').replace('orders:', 'colour: red\norders:');
    const { code, out, err } = await run('check', file('wrong.yaml', wrong));
    expect([code, out]).toEqual([1, '']);
    for (const place of ['returns.windowDays', 'identity.guesses', 'desk.from', 'returns.freight', 'colour']) expect(err).toContain(place);
  });
  test.each<[string, string, string, string]>([
    ['a setting that is misspelt', '  withoutFault: true\n', '  withoutFualt: true\n', 'returns (line 34): there is no setting “withoutFualt” here; did you mean “withoutFault”?'],
    ['one misspelt for a member level', '  categories:\n    underwear', '  members: { gold: { widowDays: 60 } }\n  categories:\n    underwear', 'there is no setting “widowDays” here; did you mean “windowDays”?'],
    ['money with a point', 'freight: 590', 'freight: 5.90', 'returns.freight (line 35): must be a whole number (minor units (cents) of the order’s currency; for example 590)'],
    ['yes for true', 'withoutFault: true\n', 'withoutFault: yes\n', 'returns.withoutFault (line 34): must be true or false (true or false; for example true)'],
    ['a word that is none of a list', 'faultReasons: [defective', 'faultReasons: [defectiv', 'must be one of: defective, damaged_in_transit, wrong_item, not_as_described, missing_parts, arrived_late, wrong_size, changed_mind, ordered_by_mistake; did you mean “defective”?'],
    ['a country in small letters', '    CN: {', '    cn: {', 'must be a two-letter country such as "DE"; did you mean “CN”?'],
    ['a code that is no country', '    GB: {', '    UK: {', 'must be a two-letter country such as "DE"; did you mean “GB”?'],
    ['a union for its countries', '    CN: {', '    EU: {', 'returns.countries.EU'],
    ['a section that is missing', 'points: { valuePerPoint: 1 }', '', 'points: is missing'],
    ['fewer than none', 'windowDays: 15 ', 'windowDays: -1 ', 'returns.windowDays (line 32): must be at least 0 (calendar days after delivery; for example 15)'],
    ['a flow there is none of', 'levels: {}', 'levels: { change-adress: L2 }', 'identity.levels.change-adress (line 5): there is no such flow; did you mean “change-address”?'],
    ['a line that stands in too far', '  windowDays: 15 ', '   windowDays: 15 ', 'more that may come of these: look at how far the lines stand in, spaces only'],
  ])('[TB-03] is told in plain words of %s', async (_, right, wrong, told) => {
    expect(shipped).toContain(right);
    const { code, err } = await run('check', file('slip.yaml', shipped.replace(right, wrong)));
    expect([code, err]).toEqual([1, expect.stringContaining(told)]);
    expect(err.trim().split('\n').length).toBeLessThan(7);
  });
  test('[TB-03] a shop of its own: other windows, a kind without returns, a country and a member level of their own are told back', async () => {
    const own = shipped.replace('version: "2026-11-01"', 'version: "Bergkiosk 2027-02"').replace('windowDays: 15 ', 'windowDays: 21 ').replace('    made_to_order:', '    jewellery: { withoutFault: false }\n    toys: { freight: 190 }\n    made_to_order:')
      .replace('    CN: {', '    US: { windowDays: 10, freight: 1990 }\n    CN: {').replace('  # Where the law', '  members: { gold: { windowDays: 60, freight: 0 } }\n  # Where the law');
    const { code, out } = await run('check', file('own.yaml', own));
    for (const told of ['Policy Bergkiosk 2027-02 is right', 'within 21 days', 'Not without a fault: underwear, cosmetics, gift_cards, jewellery, made_to_order', 'Rules of their own for categories: toys.', 'Rules of their own for members: gold.', 'Rules of their own for countries: US.']) expect(out).toContain(told);
    // Jewellery is not exempt from the law: where it stands is told, and for how many countries.
    expect([code, out]).toEqual([3, expect.stringMatching(/left out from going back without a fault, but the law of AT[\s\S]*same for \d+ more of the countries listed[\s\S]*returns\.categories\.jewellery\.withoutFault \(line \d+\)/u)]);
  });
  test('what is decided though nothing speaks against it is told, too', async () => {
    expect((await run('check', file('needless.yaml', shipped.replace('identity:', 'decided: [returns.without-falt]\nidentity:')))).out).toContain('Decided, but nothing speaks against itself so: returns.without-falt.');
  });
  test('gets what is wrong as JSON too', async () => {
    const { code, out } = await run('check', file('wrong.yaml', shipped.replace('guesses: 5', 'guesses: 0')), '--json');
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({ ok: false, problems: [{ path: 'identity.guesses' }] });
  });
  test('hears the line of what is no YAML, and the name of a file that is not there', async () => {
    expect((await run('check', file('no.yaml', 'version: "1"\n  a: [')))).toMatchObject({ code: 1, err: expect.stringMatching(/line \d/u) });
    const { code, err } = await run('check', join(folder, 'none.yaml'));
    expect([code, err]).toEqual([1, expect.stringContaining('none.yaml')]);
  });
  test('[TB-29] [TB-30] hears where it speaks against itself, by both lines and with what counts meanwhile; what is decided no longer counts', async () => {
    const yaml = shipped.replace('  photoFor:', '  notAccepted: [changed_mind]\n  photoFor:');
    const { code, out } = await run('check', file('against.yaml', yaml));
    expect(code).toBe(3);
    expect(out).toMatch(/returns\.notAccepted \(line \d+\)\n\s+returns\.withoutFault \(line \d+\)/u);
    expect(out).toContain('Until you decide');
    expect((await run('check', file('decided.yaml', yaml.replace('identity:', 'decided: [returns.without-fault]\nidentity:')))).code).toBe(0);
    expect(JSON.parse((await run('check', file('against.yaml', yaml), '--json')).out)).toMatchObject({ contradictions: [{ code: 'returns.without-fault', places: [{ path: 'returns.notAccepted' }, { path: 'returns.withoutFault' }] }] });
  });
  test('has a section explained, setting by setting, with values and meanings', async () => {
    const { code, out } = await run('check', file('right.yaml', shipped), '--explain', 'returns');
    expect(code).toBe(0);
    expect(out).toContain('returns.windowDays: 15\n  Within how many days goods go back without a fault');
    expect(out).not.toContain('delivery.');
    expect(await run('check', file('right.yaml', shipped), '--explain', 'weather')).toMatchObject({ code: 2, err: expect.stringContaining('returns, refunds') });
  });
  test('is told when the command was not understood', async () => {
    for (const args of [[], ['explain'], ['check', 'a', 'b'], ['check', '--loud']]) expect((await run(...args)).code).toBe(2);
  });
});
