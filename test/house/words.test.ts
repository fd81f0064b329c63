import { describe, expect, test } from '@jest/globals';
import { readSources, withoutComments, type Sources } from './sources.js';
import { blindEdges } from './word-edges.js';

/** Rules and talks hold no words of a language: what customers say is read in `domain/words`, intents, entities and answers in `classifiers`. */
const rooms = /^(?:domain|dialogue|flows|runtime|ports)(?:\/|\.ts$)/u;
const home = /^domain\/words\//u;
/** Names of carriers are no words of a language. */
const names = ['domain/waybill.ts'];

/** Letters that stand for words wherever they are: Chinese, Cyrillic and Arabic ones; every list of words for all languages holds some. */
const LETTERS = /(?=\p{L})[\p{Script=Han}\p{Script=Cyrillic}\p{Script=Arabic}]+/u;

const wordsOutside = (sources: Sources): string[] => Object.entries(sources).filter(([file]) => rooms.test(file) && !home.test(file) && !names.includes(file))
  .flatMap(([file, source]) => withoutComments(source).split('\n').flatMap((line, index) => (LETTERS.test(line) ? [`src/${file}:${index + 1} holds "${LETTERS.exec(line)?.[0] ?? ''}": words belong to src/domain/words.`] : [])));

describe('words of languages have one home', () => {
  test('rules, flows, the dialogue and the runtime hold none', () => expect(wordsOutside(readSources())).toEqual([]));

  test('words elsewhere are found', () => {
    const found = wordsOutside({ 'flows/some.ts': '// 取消\nconst CANCEL = /cancel|取消/u;', 'domain/words/some.ts': "const YES = 'да';", 'classifiers/some.ts': "const YES = 'да';", 'domain/some.ts': 'const QUESTION = /[?？؟]/u;' });
    expect(found).toEqual(['src/flows/some.ts:2 holds "取消": words belong to src/domain/words.']);
  });
});

describe('edges of words know every alphabet', () => {
  test('no pattern has an edge beside a letter that is none to it', () => {
    const found = Object.entries(readSources()).filter(([file]) => file.endsWith('.ts') && !file.startsWith('web/')).flatMap(([file, source]) => blindEdges(source).map((what) => `src/${file}: ${what}`));
    expect(found).toEqual([]);
  });

  test.each([
    [String.raw`/\büberall/u`, [String.raw`\b before ü in \büberall`]], [String.raw`/\b(?:a|été?)\b/u`, [String.raw`\b before é in \b(?:a|été?)\b`, String.raw`é before \b in \b(?:a|été?)\b`]],
    [String.raw`new RegExp(['мир\\b'].join('|'))`, [String.raw`р before \b in мир\b`]], ['new RegExp(String.raw`(?:银联|visa)\\b`)', [String.raw`联 before \b in (?:银联|visa)\b`]], [String.raw`/(?:[áe])+\b x/u`, [String.raw`á before \b in (?:[áe])+\b x`]],
  ])('%s', (source, found) => expect(blindEdges(`const a = ${source};`)).toEqual(found));

  test.each([String.raw`/\bmême\b/u`, String.raw`/(?<!\p{L})été(?!\p{L})/u`, String.raw`/\bplus\b[^.]{0,9}é/u`, String.raw`/[\b]é/u`, String.raw`/caf(?=é)\b/u`])('%s is right', (source) => expect(blindEdges(`const a = ${source};`)).toEqual([]));
});
