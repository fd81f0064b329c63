import { describe, expect, test } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { addToSource, patchOf, takeFromSource, withSentences } from '../../src/classifiers/added-sentences.js';
import { readDefinition } from '../../src/classifiers/intents-folder.js';
import { root } from '../house/sources.js';

const source = readFileSync(join(root, 'intents', 'order_status.yaml'), 'utf8');
const file = 'order_status.yaml';
const odd = 'she said: "is it #1 – or \\ not?" \'ok\' 🙂';
const sentences = [{ text: odd, locale: 'en', intent: 'order_status' }, { text: '发了吗：第二个', locale: 'zh', intent: 'order_status' }, { text: '- starts with a dash', locale: 'en', intent: 'order_status' }];
const readBack = (text: string) => {
  const problems: string[] = [];
  const definition = readDefinition(file, text, problems);
  expect(problems).toEqual([]);
  return definition;
};

describe('sentences in the files of the intents', () => {
  test('are added at the end of their language, character for character, and nothing else changes', () => {
    const more = addToSource(source, file, sentences);
    expect(readBack(more)?.examples['en']?.slice(-2)).toEqual([odd, '- starts with a dash']);
    expect(readBack(more)?.examples['zh']?.at(-1)).toBe('发了吗：第二个');
    expect(more.split('\n')).toHaveLength(source.split('\n').length + 3);
    expect(more.split('\n').filter((line) => !source.split('\n').includes(line))).toHaveLength(3);
  });

  test('are taken out again without a trace', () => expect(takeFromSource(addToSource(source, file, sentences), file, sentences)).toBe(source));

  test.each([['a language that was not there', 'intent: x\ngroup: talk\nflow: none\ndescription: {}\nexamples:\n  en:\n    - "hi"\n'], ['a list in brackets', 'intent: x\ngroup: talk\nflow: none\ndescription: {}\nexamples:\n  en: ["hi"]\n  fr: [a]\n']])('%s', (_, small) => {
    const added = [{ text: 'salut: toi', locale: 'fr', intent: 'x' }];
    const more = addToSource(small, 'x.yaml', added);
    const problems: string[] = [];
    expect(readDefinition('x.yaml', more, problems)?.examples['fr']?.at(-1)).toBe('salut: toi');
    const less = readDefinition('x.yaml', takeFromSource(more, 'x.yaml', added), problems);
    expect(less?.examples).toEqual(readDefinition('x.yaml', small, problems)?.examples);
    expect(problems).toEqual([]);
  });

  test('what is learned already, stands twice or belongs to no intent is left out', () => {
    const definition = { intent: 'greet', group: 'talk' as const, flow: 'none', description: {}, examples: { en: ['hello there'] } };
    const { added, definitions } = withSentences([definition], [{ text: 'Hello, there!', locale: 'en', intent: 'greet' }, { text: 'hiya', locale: 'en', intent: 'greet' }, { text: 'Hiya!', locale: 'en', intent: 'greet' }, { text: 'yo', locale: 'en', intent: 'nothing' }]);
    expect(added.map(({ text }) => text)).toEqual(['hiya']);
    expect(definitions[0]?.examples['en']).toEqual(['hello there', 'hiya']);
  });

  test('the patch is one that git applies', () => {
    const folder = mkdtempSync(join(tmpdir(), 'aftercare-patch-'));
    try {
      mkdirSync(join(folder, 'intents'));
      writeFileSync(join(folder, 'intents', file), source);
      writeFileSync(join(folder, 'it.diff'), patchOf(`intents/${file}`, source, addToSource(source, file, sentences)));
      execFileSync('git', ['apply', 'it.diff'], { cwd: folder });
      expect(readFileSync(join(folder, 'intents', file), 'utf8')).toBe(addToSource(source, file, sentences));
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
