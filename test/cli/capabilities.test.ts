import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { idsOf, rowsShown } from '../../src/cli/capabilities.js';

const list = readFileSync(fileURLToPath(new URL('../../docs/capabilities.md', import.meta.url)), 'utf8');
const passed = (title: string) => ({ title, status: 'passed' });
const row = (id: string, tests: { title: string; status: string }[]) => {
  const shown = rowsShown(list, tests);
  if ('problem' in shown) throw new Error(shown.problem);
  return shown.rows.find((one) => one.id === id);
};

describe('whoever asks which capabilities are shown', () => {
  test('gets every row of the list, once, with its priority', () => {
    const shown = rowsShown(list, []);
    if ('problem' in shown) throw new Error(shown.problem);
    const written = [...list.matchAll(/^\| ([A-Z]{2}-\d{2}) \|/gmu)].map((match) => match[1]);
    expect(shown.rows.map((one) => one.id)).toEqual(written);
    expect(new Set(written).size).toBe(written.length);
    expect(shown.rows.length).toBeGreaterThan(120);
    expect(shown.rows.every((one) => !one.shown)).toBe(true);
    expect(new Set(shown.rows.map((one) => one.priority))).toEqual(new Set(['M', 'S', 'C']));
  });
  test('sees a row as shown by a passing test that carries its id', () => {
    expect(row('SH-06', [passed('a customer › [SH-06] changes the address')])).toEqual({ id: 'SH-06', priority: 'M', shown: true, tests: ['a customer › [SH-06] changes the address'] });
    expect(row('SH-35', [passed('[SH-34, SH-35] searches')])?.shown).toBe(true);
  });
  test('sees a row hidden by one failing test, whatever passes beside it', () => {
    for (const status of ['failed', 'pending', 'todo']) expect(row('SH-06', [passed('[SH-06] one'), { title: '[SH-06] two', status }])?.shown).toBe(false);
  });
  test('is not fooled by a test that claims more than three rows', () => {
    expect(rowsShown(list, [passed('[SH-01, SH-02, SH-03] three')])).not.toHaveProperty('problem');
    expect(rowsShown(list, [passed('[SH-01, SH-02] [SH-03, SH-04] four')])).toEqual({ problem: 'A test carries more than three ids: [SH-01, SH-02] [SH-03, SH-04] four' });
  });
  test('reads ids in brackets only', () => {
    expect(idsOf('[SH-06, TB-22] sends SH-01 back [not-an-id]')).toEqual(['SH-06', 'TB-22']);
    expect(idsOf('SH-06 without brackets')).toEqual([]);
  });
});
