import { parseDocument, isScalar, isSeq } from 'yaml';
import { Fault } from '../domain/fault.js';
import { sentenceKey, type TaughtSentence } from '../domain/training-sentence.js';
import type { IntentDefinition } from './intents-folder.js';

/** Every sentence that is learned from, by language and words, with its intent. */
export const sentencesOf = (definitions: readonly IntentDefinition[]): ReadonlyMap<string, string> => new Map(definitions.flatMap(({ intent, examples }) =>
  Object.entries(examples).flatMap(([locale, texts]) => texts.map((text) => [sentenceKey(text, locale), intent] as const))));

/** The definitions with sentences added, and which were: what stands there already, and what belongs to no intent there is, is left out. */
export function withSentences(definitions: readonly IntentDefinition[], sentences: readonly TaughtSentence[]): { readonly definitions: readonly IntentDefinition[]; readonly added: readonly TaughtSentence[] } {
  const known = new Map(sentencesOf(definitions));
  const intents = new Set(definitions.map(({ intent }) => intent));
  const added = sentences.filter(({ text, locale, intent }) => {
    const key = sentenceKey(text, locale);
    if (!intents.has(intent) || known.has(key)) return false;
    known.set(key, intent);
    return true;
  });
  return {
    added,
    definitions: definitions.map((definition) => {
      const examples = { ...definition.examples };
      for (const { text, locale, intent } of added) if (intent === definition.intent) examples[locale] = [...examples[locale] ?? [], text];
      return { ...definition, examples };
    }),
  };
}

const asItem = (text: string): string => `- ${JSON.stringify(text)}`;

/** The list of a language in the source of a definition: where each item ends and how far it is indented. */
function listIn(source: string, file: string, locale: string) {
  const list = parseDocument(source).getIn(['examples', locale]);
  if (list === undefined) return undefined;
  if (!isSeq(list)) throw new Fault('intents.invalid', `${file}: examples.${locale} is no list`);
  // A list in brackets has no line for each sentence.
  if (list.flow === true) return undefined;
  return list.items.flatMap((item) => {
    if (!isScalar(item) || !item.range) return [];
    const start = source.lastIndexOf('\n', item.range[0]) + 1;
    const end = source.indexOf('\n', item.range[1] - 1);
    return [{ text: String(item.value), start, end: end < 0 ? source.length : end, indent: /^\s*/u.exec(source.slice(start))?.[0] ?? '' }];
  });
}

/** The source of a definition with sentences at the end of their lists; nothing else in it changes. */
export function addToSource(source: string, file: string, sentences: readonly TaughtSentence[]): string {
  let text = source.endsWith('\n') ? source : `${source}\n`;
  for (const locale of new Set(sentences.map((one) => one.locale))) {
    const added = sentences.filter((one) => one.locale === locale);
    const items = listIn(text, file, locale);
    const last = items?.at(-1);
    if (last) {
      text = text.slice(0, last.end) + added.map((one) => `\n${last.indent}${asItem(one.text)}`).join('') + text.slice(last.end);
      continue;
    }
    const document = parseDocument(text);
    const there = document.getIn(['examples', locale]);
    if (isSeq(there)) for (const one of added) there.add(one.text);
    else document.setIn(['examples', locale], added.map((one) => one.text));
    text = document.toString({ lineWidth: 0 });
  }
  return text;
}

/** The source of a definition without sentences, and without a language that has none left. */
export function takeFromSource(source: string, file: string, sentences: readonly TaughtSentence[]): string {
  let text = source;
  for (const { locale, text: sentence } of sentences) {
    const items = listIn(text, file, locale);
    const item = items?.findLast((one) => one.text === sentence);
    if (items && items.length > 1) {
      if (item) text = text.slice(0, item.start) + text.slice(item.end + 1);
      continue;
    }
    const document = parseDocument(text);
    const there = document.getIn(['examples', locale]);
    if (!isSeq(there)) continue;
    const at = there.items.findLastIndex((one) => isScalar(one) && one.value === sentence);
    if (at >= 0) there.delete(at);
    if (there.items.length === 0) document.deleteIn(['examples', locale]);
    text = document.toString({ lineWidth: 0 });
  }
  return text;
}

/** Lines shown around a change. */
const AROUND = 3;

/** A patch of one file, as `git apply` and `patch` take it: line by line where lines were only added, else the file as a whole. */
export function patchOf(path: string, before: string, after: string): string {
  if (before === after) return '';
  const [old, fresh] = [before.split('\n'), after.split('\n')];
  /** Every line of the new file, and whether it is added. */
  let at = 0;
  const lines = fresh.map((line) => {
    const isAdded = line !== old[at];
    if (!isAdded) at += 1;
    return { line, isAdded };
  });
  if (at !== old.length) {
    const whole = (text: string): string[] => text.replace(/\n$/u, '').split('\n');
    return `--- a/${path}\n+++ b/${path}\n@@ -1,${whole(before).length} +1,${whole(after).length} @@\n${[...whole(before).map((line) => `-${line}\n`), ...whole(after).map((line) => `+${line}\n`)].join('')}`;
  }
  const shown = lines.map((_, i) => lines.slice(Math.max(0, i - AROUND), i + AROUND + 1).some(({ isAdded }) => isAdded));
  let patch = `--- a/${path}\n+++ b/${path}\n`;
  let oldLine = 1;
  for (let i = 0; i < lines.length; i++) {
    if (!shown[i]) {
      oldLine += 1;
      continue;
    }
    let end = i;
    while (end < lines.length && shown[end]) end += 1;
    // What follows the last line break is no line.
    const hunk = lines.slice(i, end).filter(({ line }, index) => !(i + index === lines.length - 1 && line === ''));
    const kept = hunk.filter(({ isAdded }) => !isAdded).length;
    patch += `@@ -${oldLine},${kept} +${i + 1},${hunk.length} @@\n${hunk.map(({ line, isAdded }) => `${isAdded ? '+' : ' '}${line}\n`).join('')}`;
    oldLine += kept;
    i = end - 1;
  }
  return patch;
}
