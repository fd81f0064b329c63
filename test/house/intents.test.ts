import { readdirSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { OUT_OF_SCOPE, readIntents } from '../../src/classifiers/intents-folder.js';
import { byButton } from '../../src/flows/by-button.js';
import { flows } from '../../src/flows/index.js';
import { readSources, root } from './sources.js';

const intents = await readIntents(`${root}intents`);
const files = readdirSync(`${root}intents`);
const sources = readSources();
const languages = [...new Set(intents.flatMap(({ examples }) => Object.keys(examples)))].sort();

/** Two sentences are the same when they differ in case, marks, accents of width and blanks alone. */
const flat = (sentence: string): string => sentence.normalize('NFKC').toLowerCase().replace(/[^\p{L}\p{N}]+/gu, ' ').trim();

interface Said { readonly intent: string; readonly language: string; readonly sentence: string }
const all: readonly Said[] = intents.flatMap(({ intent, examples }) => Object.entries(examples).flatMap(([language, sentences]) => sentences.map((sentence) => ({ intent, language, sentence }))));

/** Sentences that stand under two intents of one language, or twice under one. */
function shared(said: readonly Said[]): string[] {
  const first = new Map<string, Said>();
  return said.flatMap((one) => {
    // What is nothing but marks and signs ("👍") is compared as it stands.
    const id = `${one.language}\n${flat(one.sentence) || one.sentence}`;
    const other = first.get(id);
    first.set(id, other ?? one);
    return other ? [`${one.language}: “${one.sentence}” is under ${other.intent} and ${one.intent}`] : [];
  });
}

/** The scripts a language may be written in; Latin everywhere, as customers mix in names, brands and English. */
const scripts: Readonly<Record<string, RegExp>> = { zh: /\p{Script=Han}/gu, ru: /\p{Script=Cyrillic}/gu, ar: /\p{Script=Arabic}/gu };
const notLatin = /(?!\p{Script=Latin}|\p{Script=Common}|\p{Script=Inherited})\p{L}/u;
const strange = ({ language, sentence }: Said): boolean => notLatin.test(sentence.replace(scripts[language] ?? /$^/gu, '').replace(/[µªº]/gu, ''));

describe('what a customer can want', () => {
  test('has one file each, named after it', () => expect(intents.map(({ intent }) => `${intent}.yaml`)).toEqual(files.filter((file) => file.endsWith('.yaml')).sort()));
  test('leads to a flow there is, or to none because the engine answers it', () => {
    const known = new Set(flows.map((flow) => flow.id));
    expect(intents.filter(({ flow }) => flow !== 'none' && !known.has(flow)).map(({ intent, flow }) => `${intent}: there is no flow ${flow}`)).toEqual([]);
    const leftAlone = intents.filter(({ flow, group, intent }) => flow === 'none' && group !== 'talk' && intent !== 'human_agent').map(({ intent }) => intent);
    expect(leftAlone).toEqual([]);
  });
  test('is answered for every intent of talk: the engine knows each by name', () => {
    const engine = Object.entries(sources).filter(([file]) => file.startsWith('dialogue/')).map(([, source]) => source).join('\n');
    expect(intents.filter(({ flow, intent }) => flow === 'none' && intent !== OUT_OF_SCOPE && !engine.includes(`'${intent}'`)).map(({ intent }) => intent)).toEqual([]);
  });
  test('every flow can be reached', () => {
    // By an intent, by a file sent with one, by a button of another flow or of a notice (`f:<flow>`), or by words of its own.
    const started = Object.values(sources).flatMap((source) => [...source.matchAll(/\bflow: '([a-z-]+)', said:/gu)].map((match) => match[1] ?? ''));
    const buttons = Object.entries(sources).filter(([file]) => file.startsWith('flows/')).flatMap(([, source]) => [...source.matchAll(/'f:([a-z-]+)'/gu)].map((match) => match[1] ?? ''));
    const reached = new Set<string | null>([...[...intents, ...byButton].map(({ flow }) => flow), ...started, ...buttons]);
    expect(flows.filter((flow) => !reached.has(flow.id) && !flow.words && !flow.withFileOf?.some((intent) => intents.some((one) => one.intent === intent))).map((flow) => flow.id)).toEqual([]);
  });
  test('whatever the menu and the buttons offer is an intent with a flow', () => {
    const offered = [
      ...(/const menu = \[([^\]]+)\]/u.exec(sources['app/core.ts'] ?? '')?.[1] ?? '').matchAll(/'([a-z_]+)'/gu),
      ...Object.entries(sources).filter(([file]) => file.startsWith('flows/')).flatMap(([, source]) => [...source.matchAll(/\boffers: \[([^\]]*)\]/gu)].flatMap((match) => [...(match[1] ?? '').matchAll(/'([a-z_]+)'/gu)])),
      ...Object.entries(sources).filter(([file]) => file.startsWith('flows/')).flatMap(([, source]) => [...source.matchAll(/return \[([^\]]*)\]/gu)].flatMap((match) => [...(match[1] ?? '').matchAll(/'([a-z]+_[a-z_]+)'/gu)])),
      ...Object.entries(sources).filter(([file]) => file.startsWith('dialogue/')).flatMap(([, source]) => [...source.matchAll(/return '([a-z]+_[a-z]+)'/gu)]),
    ].map((match) => match[1] ?? '');
    expect(offered.length).toBeGreaterThan(10);
    const withFlow = new Set([...intents.filter(({ flow }) => flow !== 'none'), ...byButton].map(({ intent }) => intent));
    expect([...new Set(offered)].filter((intent) => !withFlow.has(intent))).toEqual([]);
  });
});

describe('the sentences customers say', () => {
  test('stand under one intent of their language, and once', () => expect(shared(all)).toEqual([]));
  test('are many for every intent, in every language there is a locale for', () => {
    const locales = readdirSync(`${root}locales`).filter((name) => name.endsWith('.json')).map((name) => name.slice(0, -5));
    expect(languages).toEqual(expect.arrayContaining(locales));
    const few = intents.flatMap(({ intent, examples }) => locales.flatMap((tag) => ((examples[tag]?.length ?? 0) < 30 ? [`${intent} has ${examples[tag]?.length ?? 0} sentences in ${tag}`] : [])));
    expect(few).toEqual([]);
  });
  test('are described in every language they are said in', () =>
    expect(intents.filter(({ description, examples }) => Object.keys(examples).some((tag) => description[tag] === undefined)).map(({ intent }) => intent)).toEqual([]));
  test('are written as their language is', () => {
    expect(all.filter(strange)).toEqual([]);
    for (const [language, script] of Object.entries(scripts)) {
      const own = all.filter((one) => one.language === language);
      expect([language, own.filter(({ sentence }) => sentence.search(script) >= 0).length / own.length > 0.95]).toEqual([language, true]);
    }
  });
  test('hold no tabs or line ends, and none is longer than a message', () => expect(all.filter(({ sentence }) => /[\t\n\r]/u.test(sentence) || sentence.length > 1000)).toEqual([]));
});

describe('each of these checks fails where it should', () => {
  const one = { intent: 'a', language: 'en', sentence: 'Where is my parcel?' };
  test('the same words in another dress are found', () => {
    expect(shared([one, { ...one, intent: 'b', sentence: 'where  is my PARCEL' }])).toEqual(['en: “where  is my PARCEL” is under a and b']);
    expect(shared([one, { ...one, intent: 'b', language: 'es' }])).toEqual([]);
    expect(shared([{ ...one, sentence: '👍' }, { ...one, intent: 'b', sentence: '👎' }])).toEqual([]);
  });
  test('a sentence of another language is found', () => {
    expect(strange({ ...one, sentence: '我的包裹呢' })).toBe(true);
    expect(strange({ ...one, language: 'zh', sentence: 'где посылка' })).toBe(true);
  });
});
