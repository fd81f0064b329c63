import { describe, expect, test } from '@jest/globals';
import { readSources, withoutComments, type Sources } from './sources.js';

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
