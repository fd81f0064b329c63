import type { Phrases, Script } from '../languages/entity-words.js';
import { fold } from './fold.js';

/** Which phrases may stand in a text: those whose words are all there. */
export interface Cues { readonly has: (matcher: Matcher) => boolean }

/** Phrases of one language and purpose as one pattern, to be tried only where a text has a word it cannot do without. */
export interface Matcher { readonly id: number; readonly pattern: RegExp }

/** What stands for `{name}` in a phrase: a pattern of its own, or phrases. */
export type Slots = Readonly<Record<string, { readonly pattern: string; /** Letters of the pattern may be written together with those beside it. */ readonly isGlued?: true } | { readonly phrases: Phrases; readonly group?: string }>>;

/** A language as far as patterns go. */
export interface Tongue { readonly locale: string; readonly script: Script }

type Node =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'blank' }
  /** A pattern, and what it stands for as far as words go. */
  | { readonly kind: 'any'; readonly pattern: string; readonly texts: readonly string[] }
  | { readonly kind: 'choice'; readonly options: readonly (readonly Node[])[]; readonly group?: string }
  | { readonly kind: 'look'; readonly sign: string; readonly options: readonly (readonly Node[])[] };

/** Letters of a script in plain text, as in a class; a word of Chinese has no edges. */
const LETTERS: Readonly<Record<Script, string>> = { latin: 'a-z', cyrillic: 'a-zа-я', arabic: 'ء-ي', han: '' };
/** Particles and the article that Arabic writes together with a word. */
const PARTICLES = '(?:[وف]?(?:[بلك]?(?:ال)?|لل|عال|هال))';
/** What a language's edges are: digits may touch words in Arabic and Chinese. */
const EDGES: Readonly<Record<Script, { readonly start: string; readonly end: string }>> = {
  latin: { start: '(?<![a-z0-9])', end: '(?![a-z0-9])' },
  cyrillic: { start: '(?<![a-zа-я0-9])', end: '(?![a-zа-я0-9])' },
  arabic: { start: `(?<![ء-ي])${PARTICLES}`, end: '(?![ء-ي])' },
  han: { start: '', end: '' },
};
const anyWord = (script: Script): string => (script === 'han' ? String.raw`[^,.!?;。、\s]{1,6}` : `[${LETTERS[script]}0-9'-]{1,20}`);
const between = (script: Script): string => (script === 'han' ? String.raw`[^,.!?;。、\s]{0,6}?` : String.raw`(?:\s{1,3}${anyWord(script)}){0,3}?`);
const blank = (script: Script): string => (script === 'han' ? String.raw`\s{0,2}` : String.raw`\s{1,3}`);

/** Stands for letters that are not known, and for what is no letter. */
const UNKNOWN = '\u0000';
const DIGIT = '0';
const MOST_EXPANSIONS = 5000;

const SPECIAL = /[\\^$.*+?()[\]{}|/-]/;
const escaped = (text: string): string => (SPECIAL.test(text) ? text.replace(new RegExp(SPECIAL, 'g'), String.raw`\$&`) : text);

/** Reads phrases in the notation of `Phrases`. */
class PhraseReader {
  #at = 0;
  readonly #text: string;
  readonly #tongue: Tongue;
  readonly #slots: Slots;

  constructor(text: string, tongue: Tongue, slots: Slots) {
    this.#text = text;
    this.#tongue = tongue;
    this.#slots = slots;
  }

  /** Alternatives up to the closing sign (or the end), parted by the given sign. */
  options(parting: string, closing: string): Node[][] {
    const options: Node[][] = [[]];
    while (this.#at < this.#text.length && this.#text[this.#at] !== closing) {
      if (this.#text[this.#at] === parting) {
        this.#at++;
        options.push([]);
      } else push(options.at(-1) ?? [], this.#item());
    }
    if (closing !== '' && this.#text[this.#at++] !== closing) throw new SyntaxError(`"${closing}" is missing in the phrases "${this.#text}"`);
    return options;
  }

  #item(): Node[] {
    const { script } = this.#tongue;
    const sign = this.#text[this.#at++] ?? '';
    if (sign === '|' || sign === ']') throw new SyntaxError(`a "${sign}" stands outside of brackets in the phrases "${this.#text}"`);
    const look = sign === '(' ? /^\?<?[=!]/.exec(this.#text.slice(this.#at, this.#at + 3))?.[0] : undefined;
    if (look !== undefined) {
      this.#at += look.length;
      return [{ kind: 'look', sign: look, options: this.options('|', ')') }];
    }
    if (sign === '[') return this.#maybe([{ kind: 'choice', options: this.options('|', ']') }]);
    if (sign === '{') return this.#maybe([this.#slot()]);
    if (sign === '~') return [{ kind: 'any', pattern: between(script), texts: [script === 'han' ? UNKNOWN : ' '] }];
    if (sign === "'") return [{ kind: 'choice', options: [[{ kind: 'text', text: "'" }], []] }];
    if (sign === ' ') return this.#maybe([{ kind: 'blank' }]);
    const text = fold(sign).plain;
    // "ae" is how ä is written where keys for it are missing.
    const umlaut: Node[] = 'äöüÄÖÜ'.includes(sign) ? [{ kind: 'choice', options: [[{ kind: 'text', text: 'e' }], []] }] : [];
    return this.#maybe([{ kind: 'text', text }, ...umlaut]);
  }

  #maybe(nodes: Node[]): Node[] {
    if (this.#text[this.#at] !== '?') return nodes;
    this.#at++;
    return [{ kind: 'choice', options: [nodes, []] }];
  }

  #slot(): Node {
    const end = this.#text.indexOf('}', this.#at);
    const name = this.#text.slice(this.#at, end);
    this.#at = end + 1;
    const { script } = this.#tongue;
    if (name === 'w') return { kind: 'any', pattern: anyWord(script), texts: [UNKNOWN] };
    if (name === 'd') return { kind: 'any', pattern: String.raw`\d{1,9}`, texts: [DIGIT] };
    if (name === ',') return { kind: 'any', pattern: '[,、]?', texts: [','] };
    if (name === 'start') return { kind: 'any', pattern: EDGES[script].start, texts: [''] };
    if (name === 'end') return { kind: 'any', pattern: EDGES[script].end, texts: [''] };
    const slot = this.#slots[name];
    if (slot === undefined) throw new SyntaxError(`nothing is known of "{${name}}" in the phrases "${this.#text}"`);
    if ('pattern' in slot) return { kind: 'any', pattern: slot.pattern, texts: [slot.isGlued ? UNKNOWN : DIGIT] };
    return { kind: 'choice', options: parsed(slot.phrases, this.#tongue, this.#slots), ...(slot.group === undefined ? {} : { group: slot.group }) };
  }
}

/** Letters that stand together make one node. */
function push(row: Node[], nodes: readonly Node[]): void {
  const [last, first] = [row.at(-1), nodes[0]];
  if (nodes.length === 1 && first?.kind === 'text' && last?.kind === 'text') row[row.length - 1] = { kind: 'text', text: last.text + first.text };
  else row.push(...nodes);
}

/** The phrases of a list, each as a row of nodes; blanks around the commas say nothing. */
function parsed(phrases: Phrases, tongue: Tongue, slots: Slots): Node[][] {
  const rows = new PhraseReader(phrases.replace(/(?<!\{)\s*,(?!\})\s*/g, ',').trim().replace(/,$/, ''), tongue, slots).options(',', '');
  return rows.filter((row) => row.length > 0).map(blankAhead);
}

/** A blank before what must follow at the end of a phrase is looked ahead at as well, for the phrase ends with its last word. */
function blankAhead(row: Node[]): Node[] {
  const [blankNode, last] = row.slice(-2);
  if (blankNode?.kind !== 'blank' || last?.kind !== 'look' || last.sign !== '?=') return row;
  return [...row.slice(0, -2), { ...last, options: last.options.map((option) => [blankNode, ...option]) }];
}

function patternOf(nodes: readonly Node[], script: Script): string {
  return nodes.map((node) => {
    switch (node.kind) {
      case 'text': return escaped(node.text);
      case 'blank': return blank(script);
      case 'any': return node.pattern;
      case 'choice': return node.group === undefined ? `(?:${either(node.options, script)})` : `(?<${node.group}>${longestFirst(node.options, script).join('|')})`;
      // What follows is looked at word by word, unless it is the blank before the next that matters.
      case 'look': return `(${node.sign}${node.options.map((option) => patternOf(option, script) + (node.sign.startsWith('?<') || endsInBlank(option) ? '' : EDGES[script].end)).join('|')})`;
    }
  }).join('');
}

/** Whether some nodes may end in a blank. */
function endsInBlank(nodes: readonly Node[]): boolean {
  const last = nodes.at(-1);
  if (last?.kind === 'blank') return true;
  return last?.kind === 'choice' && last.options.some((option) => (option.length === 0 ? endsInBlank(nodes.slice(0, -1)) : endsInBlank(option)));
}

const either = (options: readonly (readonly Node[])[], script: Script): string => options.map((option) => patternOf(option, script)).join('|');

/** "Second last" must be tried before "second": a pattern takes the first of its options that fits. */
const longestFirst = (options: readonly (readonly Node[])[], script: Script): string[] => options.map((option) => patternOf(option, script)).sort((a, b) => b.length - a.length);

/** Every text some nodes stand for, patterns as unknown; nothing where they are too many. */
function expand(nodes: readonly Node[]): string[] | undefined {
  let texts = [''];
  for (const node of nodes) {
    const next = expandOne(node);
    if (next === undefined || texts.length * next.length > MOST_EXPANSIONS) return undefined;
    texts = next.length === 1 ? texts.map((text) => text + (next[0] ?? '')) : texts.flatMap((text) => next.map((more) => text + more));
  }
  return texts;
}

function expandOne(node: Node): string[] | undefined {
  switch (node.kind) {
    case 'text': return [node.text];
    case 'blank': return [' '];
    case 'any': return [...node.texts];
    case 'look': return [''];
    case 'choice': {
      const all: string[] = [];
      for (const option of node.options) {
        const texts = expand(option);
        if (texts === undefined || all.length + texts.length > MOST_EXPANSIONS) return undefined;
        all.push(...texts);
      }
      return all;
    }
  }
}

const WORD = /[a-z]+|[а-я]+|[ء-ي]+|[\u3400-\u9fff]/g;
/** Chinese signs that stand in most messages and so tell little. */
const COMMON_HAN = new Set('的了我是不一有在个你这到');

/** How many texts some nodes stand for. */
const countOf = (nodes: readonly Node[]): number => nodes.reduce((count, node) => (
  node.kind === 'choice' ? count * node.options.reduce((sum, option) => sum + countOf(option), 0) : node.kind === 'any' ? count * node.texts.length : count), 1);

/** The words of which a text must have one if it holds the phrase: those of its rarest part; nothing where no word can be named. */
function cuesOf(row: readonly Node[], script: Script): readonly string[] | undefined {
  const parts = (script === 'han' ? [row] : partsOf(row)).map((part) => ({ part, count: countOf(part) })).sort((a, b) => a.count - b.count);
  let best: { readonly words: ReadonlySet<string>; readonly count: number; readonly shortest: number } | undefined;
  for (const { part, count } of parts) {
    if (best && count > best.count) break;
    const words = new Set(expand(part)?.map((text) => cueOf(text, script)) ?? [undefined]);
    if (words.has(undefined)) continue;
    const shortest = Math.min(...Array.from(words, (word) => word?.length ?? 0));
    if (!best || shortest > best.shortest) best = { words: words as ReadonlySet<string>, count, shortest };
  }
  return best && [...best.words];
}

/** The longest word of a text that stands there whole; of Chinese signs the first that tells something. */
function cueOf(text: string, script: Script): string | undefined {
  if (script === 'han') {
    const signs = text.match(WORD) ?? [];
    return signs.find((sign) => !COMMON_HAN.has(sign)) ?? signs[0];
  }
  let best: string | undefined;
  WORD.lastIndex = 0;
  for (let match = WORD.exec(text); match; match = WORD.exec(text)) {
    const [word] = match;
    if (text[match.index - 1] !== UNKNOWN && text[match.index + word.length] !== UNKNOWN && word.length > (best?.length ?? 0)) best = word;
  }
  return best;
}

function partsOf(row: readonly Node[]): Node[][] {
  const parts: Node[][] = [[]];
  for (const node of row) {
    if (node.kind === 'blank') parts.push([]);
    else parts.at(-1)?.push(node);
  }
  return parts;
}

/** A table of phrases by what they mean: as one list of phrases, and the meaning of a text that is one of them. */
export interface Table<V> { readonly phrases: Phrases; readonly meaning: (text: string) => V | undefined }

/** Makes a table of phrases that hold no unknown words. */
export function tableOf<V>(entries: readonly (readonly [V, Phrases])[], tongue: Tongue): Table<V> {
  const meanings = new Map<string, V>();
  for (const [value, phrases] of entries) {
    for (const row of parsed(phrases, tongue, {})) for (const text of expand(row) ?? []) if (!meanings.has(text)) meanings.set(text, value);
  }
  return { phrases: entries.map(([, phrases]) => phrases).filter((phrases) => phrases !== '').join(','), meaning: (text) => meanings.get(text.replace(/\s+/g, tongue.script === 'han' ? '' : ' ')) };
}

/** Every text that phrases without unknown words stand for, in plain letters. */
export const textsOf = (phrases: Phrases, tongue: Tongue): readonly string[] => parsed(phrases, tongue, {}).flatMap((row) => expand(row) ?? []);

/** Phrases as the source of a pattern for plain text, with or without the edges of words. */
export function patternFor(phrases: Phrases, tongue: Tongue, slots: Slots = {}, hasEdges = true): string {
  const rows = longestFirst(parsed(phrases, tongue, slots), tongue.script);
  const { start, end } = EDGES[tongue.script];
  return rows.length === 0 ? '(?!)' : `${hasEdges ? start : ''}(?:${rows.join('|')})${hasEdges ? end : ''}`;
}

/** Makes matchers, and tells which of them a text needs. */
export class Phrasebook {
  readonly #byWord = new Map<string, number[]>();
  readonly #always: number[] = [];
  readonly #own = new Map<number, string>();
  #count = 0;

  /** One matcher for phrases without slots that matter one by one. The value of a match is the phrase, without particles before it. */
  matcher(phrases: Phrases, tongue: Tongue, slots: Slots = {}): Matcher[] {
    const open: string[] = [];
    const own: string[] = [];
    for (const phrase of split(phrases)) (phrase.startsWith('!') ? own : open).push(phrase.replace(/^!/, ''));
    return [...this.#made(open, tongue, slots), ...this.#made(own, tongue, slots, true)];
  }

  /** A matcher for each phrase, as the slots of one must not get mixed up with another's; `cued` are phrases one of which a text must hold. */
  matchers(phrases: Phrases, tongue: Tongue, slots: Slots = {}, cued?: Phrases): Matcher[] {
    return split(phrases).flatMap((phrase) => this.#made([phrase.replace(/^!/, '')], tongue, slots, phrase.startsWith('!'), cued));
  }

  #made(phrases: readonly string[], tongue: Tongue, slots: Slots, isOwn = false, cued?: Phrases): Matcher[] {
    if (phrases.length === 0) return [];
    const id = this.#count++;
    const rows = phrases.flatMap((phrase) => parsed(phrase, tongue, slots));
    for (const row of cued === undefined ? rows : parsed(cued, tongue, slots)) {
      const words = cuesOf(row, tongue.script);
      if (words === undefined) this.#always.push(id);
      else for (const word of words) this.#cue(word, id);
    }
    if (isOwn) this.#own.set(id, tongue.locale);
    const { start, end } = EDGES[tongue.script];
    const body = longestFirst(rows, tongue.script).join('|');
    // Only Arabic has anything before the value that is no part of it.
    const value = tongue.script === 'arabic' && !body.includes('(?<value>') ? '?<value>' : '?:';
    return [{ id, pattern: new RegExp(numbered(`${start}(${value}${body})${end}`), 'g') }];
  }

  #cue(word: string, id: number): void {
    const ids = this.#byWord.get(word);
    if (!ids) this.#byWord.set(word, [id]);
    else if (ids.at(-1) !== id) ids.push(id);
  }

  /** What a plain text may hold, judged to be in a language. */
  cuesIn(plain: string, locale: string): Cues {
    const found = new Uint8Array(this.#count);
    const note = (word: string): void => {
      for (const id of this.#byWord.get(word) ?? []) found[id] = 1;
    };
    for (const [word] of plain.matchAll(WORD)) {
      note(word);
      if (word >= 'ء' && word <= 'ي') for (const bare of withoutParticles(word)) note(bare);
    }
    for (const id of this.#always) found[id] = 1;
    for (const [id, own] of this.#own) if (own !== locale) found[id] = 0;
    return { has: ({ id }) => found[id] === 1 };
  }
}

/** A slot may stand twice in a phrase; groups of patterns may not: the later ones get a number, as in `day_2`. */
function numbered(pattern: string): string {
  const seen = new Map<string, number>();
  return pattern.replace(/\(\?<([a-z]+)>/g, (group: string, name: string) => {
    const count = (seen.get(name) ?? 0) + 1;
    seen.set(name, count);
    return count === 1 ? group : `(?<${name}_${count}>`;
  });
}

/** The groups of a match by name, whichever of a name's places was filled. */
export function groupsOf(match: RegExpExecArray): Readonly<Record<string, string | undefined>> {
  const groups: Record<string, string | undefined> = {};
  for (const [name, value] of Object.entries(match.groups ?? {})) groups[name.replace(/_\d$/, '')] ??= value;
  return groups;
}

/** The phrases of a list, as written. */
const split = (phrases: Phrases): string[] => phrases.split(/(?<!\{),(?!\})/).map((phrase) => phrase.trim()).filter((phrase) => phrase !== '');


/** An Arabic word without what may be written together with it. */
function withoutParticles(word: string): string[] {
  const bare: string[] = [];
  for (const lead of [/^[وف]/, /^[بلك]/, /^ال/, /^لل/, /^[وف][بلك]/, /^[وف]ال/, /^[بلك]ال/, /^[وف]لل/, /^[وف][بلك]ال/, /^عال/, /^هال/]) {
    const rest = word.replace(lead, '');
    if (rest !== word) bare.push(rest);
  }
  return bare;
}
