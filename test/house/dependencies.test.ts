import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { root } from './sources.js';

interface Locked { readonly version?: string; readonly resolved?: string; readonly integrity?: string; readonly hasInstallScript?: boolean; readonly dev?: boolean; readonly link?: boolean }

const lock = JSON.parse(readFileSync(`${root}package-lock.json`, 'utf8')) as { readonly packages: Readonly<Record<string, Locked>> };
const packages = Object.entries(lock.packages).filter(([path]) => path !== '').map(([path, one]) => ({ ...one, name: path.replace(/^.*node_modules\//u, '') }));
const page = readFileSync(`${root}docs/security.md`, 'utf8');

describe('what we depend on', () => {
  test('is pinned, each to one version with its hash', () => {
    expect(packages.filter(({ version, integrity, link }) => link !== true && (version === undefined || !/^sha\d+-/u.test(integrity ?? ''))).map(({ name }) => name)).toEqual([]);
  });

  test('runs nothing when it is installed, but for tools of development that docs/security.md names one by one', () => {
    const scripts = packages.filter(({ hasInstallScript }) => hasInstallScript === true);
    expect(scripts.filter(({ dev }) => dev !== true).map(({ name }) => name)).toEqual([]);
    const named = [...page.matchAll(/^\| `([^`]+)` \| (?:not needed|needed)/gmu)].map(([, name]) => name ?? '');
    expect([...new Set(scripts.map(({ name }) => name))].toSorted()).toEqual(named.toSorted());
  });
});
