import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import type { OrderView, Dossier } from '../../../src/desk/dossier.js';
import type { agentView } from '../../../src/desk/people-routes.js';
import type { QueueRow } from '../../../src/desk/queue.js';
import type { OrderCard, Person, Row, Talk } from '../../../src/web/desk/answers.js';

const root = process.cwd();
const folder = join(root, 'src/web/desk');

/** The desk's messages of one language, whether its part was merged into the whole or not. */
function messagesOf(tag: string): Record<string, string> {
  const all: Record<string, string> = {};
  for (const file of [`locales/${tag}.json`, `locales/_parts/desk.${tag}.json`]) {
    try {
      Object.assign(all, JSON.parse(readFileSync(join(root, file), 'utf8')));
    } catch {
      continue; // one of the two is enough
    }
  }
  return Object.fromEntries(Object.entries(all).filter(([key]) => key.startsWith('desk.')));
}

const english = messagesOf('en');
const holes = (text: string): string[] => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '').sort();

test.each(['zh', 'es'])('every message is said in %s, with the same blanks to fill', (tag) => {
  const messages = messagesOf(tag);
  expect(Object.keys(messages).sort()).toEqual(Object.keys(english).sort());
  for (const [key, text] of Object.entries(messages)) expect([key, holes(text)]).toEqual([key, holes(english[key] ?? '')]);
});

test('every message the desk asks for exists', () => {
  const used = readdirSync(folder).filter((file) => /\.tsx?$/.test(file)).flatMap((file) => {
    const source = readFileSync(join(folder, file), 'utf8');
    return [...source.matchAll(/\bwords\('([\w.-]+)'/g)].map(([, key]) => key ?? '');
  });
  expect(used.length).toBeGreaterThan(80);
  expect([...new Set(used)].filter((key) => !(`desk.${key}` in english))).toEqual([]);
});

/** Compiles only while the page expects what the server answers. */
const fits = <Expected, _Given extends Expected>(): true => true;

test('the page expects what the server answers', () => {
  expect([fits<Row, QueueRow>(), fits<Talk, Dossier>(), fits<OrderCard, OrderView>(), fits<Person, ReturnType<typeof agentView>>()]).toEqual([true, true, true, true]);
});
