import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { meanings } from '../../src/policy/meanings.js';
import { defaultPolicyFile, parsePolicy, readPolicy } from '../../src/policy/read-policy.js';
import { settingPaths, settingsTable } from '../../src/policy/settings.js';
import { root } from '../house/sources.js';

const docs = readFileSync(`${root}docs/policy.md`, 'utf8');
const shipped = readFileSync(defaultPolicyFile, 'utf8');

describe('a merchant who reads about the policy', () => {
  test('[TB-03] finds every setting of the schema with meaning, unit, default and example, and none that is not there', () => {
    expect(settingPaths().filter((path) => !(path in meanings))).toEqual([]);
    expect(Object.keys(meanings).filter((path) => !settingPaths().includes(path))).toEqual([]);
    // node --import tsx test/policy/write-docs.ts writes it anew.
    expect(docs).toContain(settingsTable(readPolicy(undefined)));
  });

  test('finds examples that can be written as they stand', () => {
    const wrong = Object.entries(meanings).flatMap(([path, { example }]) => {
      const names: Readonly<Record<string, string>> = { items: 'P-1', categories: 'home', members: 'gold', countries: 'DE' };
      return (path.includes('<layer>') ? ['items', 'members', 'countries'] : ['']).flatMap((layer) => {
        const file = parse(shipped) as Record<string, unknown>;
        const keys = path.replace('<layer>', `${layer}.${names[layer] ?? ''}`).split('.');
        let part = file;
        for (const key of keys.slice(0, -1)) part = (part[key] ??= {}) as Record<string, unknown>;
        part[keys.at(-1) ?? ''] = parse(example) as unknown;
        // Of a span both ends are given, a law stands beside what it gives.
        if (part['from'] !== undefined && part['to'] === undefined) part['to'] = 99;
        if (part['to'] !== undefined && part['from'] === undefined) part['from'] = 0;
        if (path === 'warranty.<layer>.law') part['months'] = 36;
        const read = parsePolicy(JSON.stringify(file));
        return 'problems' in read ? read.problems.map((one) => `${path} = ${example}: ${one.path} ${one.message}`) : [];
      });
    });
    expect(wrong).toEqual([]);
  });

  test('finds an example file that is right once the rest is filled in', () => {
    const example = /```yaml\n([\s\S]*?)```/u.exec(docs)?.[1] ?? '';
    const file = parse(shipped) as Record<string, Record<string, unknown>>;
    for (const [section, given] of Object.entries(parse(example) as Record<string, Record<string, unknown>>)) file[section] = { ...file[section], ...given };
    expect(parsePolicy(JSON.stringify(file))).toMatchObject({ contradictions: [] });
  });
});
