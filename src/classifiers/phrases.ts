import { foldText } from './folding.js';

/** A phrase found in a folded text: where it ends, and what was said of it when the book was made. */
export interface Found<Tag> {
  readonly end: number;
  readonly tags: readonly Tag[];
}

/** Many phrases, looked up together at a place of a folded text. */
export interface PhraseBook<Tag> {
  /** Every phrase that begins at the place and ends with a word, shortest first. */
  at(text: string, place: number): readonly Found<Tag>[];
}

interface Node<Tag> {
  readonly next: Map<string, Node<Tag>>;
  tags: Tag[];
}

const GROUP = /\[([^\]]*)\]/u;
/** A phrase is far shorter; a row of one letter is not followed for ever. */
const LONGEST = 60;

/** Every phrase a pattern stands for: `[a|b|]` is a, b or nothing. */
function expand(pattern: string): string[] {
  const group = GROUP.exec(pattern);
  if (!group) return [pattern];
  return (group[1] ?? '').split('|').flatMap((one) => expand(pattern.slice(0, group.index) + one + pattern.slice(group.index + group[0].length)));
}

/** Most lists are the words of a language, read by several. */
const read = new Map<string, readonly string[]>();

/** The phrases of a list as `ReplyWords` writes them, folded, each once. */
export function phrasesOf(list: string): readonly string[] {
  const known = read.get(list);
  if (known) return known;
  const phrases = [...new Set(list.split(',').flatMap(expand).map((phrase) => foldText(phrase).text))].filter((phrase) => phrase !== '');
  read.set(list, phrases);
  return phrases;
}

const WORD = /[\p{L}\p{N}]/u;
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;
const isWord = (sign: string): boolean => WORD.test(sign) && !UNSPACED.test(sign);

/** Whether no word runs across the place; scripts without blanks may be parted anywhere. */
export function isEdge(text: string, place: number): boolean {
  return place <= 0 || place >= text.length || !isWord(text.charAt(place - 1)) || !isWord(text.charAt(place));
}

/** Puts phrases together for looking up; with `drawn`, letters drawn out in a text ("yesss") do not hide a phrase. */
export function createPhraseBook<Tag>(entries: Iterable<readonly [phrase: string, tag: Tag]>, { drawn = false } = {}): PhraseBook<Tag> {
  const root: Node<Tag> = { next: new Map(), tags: [] };
  for (const [phrase, tag] of entries) {
    let node = root;
    for (let i = 0; i < phrase.length; i++) {
      const unit = phrase.charAt(i);
      const child = node.next.get(unit) ?? { next: new Map<string, Node<Tag>>(), tags: [] };
      node.next.set(unit, child);
      node = child;
    }
    if (!node.tags.includes(tag)) node.tags = [...node.tags, tag];
  }
  return {
    at(text, place) {
      const found: Found<Tag>[] = [];
      if (!isEdge(text, place)) return found;
      let open: readonly Node<Tag>[] = [root];
      for (let i = place; i < text.length && i < place + LONGEST && open.length > 0; i++) {
        const unit = text.charAt(i);
        const isDrawn = drawn && i > place && unit === text.charAt(i - 1) && isWord(unit);
        const further = open.flatMap((node) => node.next.get(unit) ?? []);
        open = isDrawn ? [...new Set([...further, ...open])] : further;
        const tags = open.flatMap((node) => node.tags);
        if (tags.length > 0 && isEdge(text, i + 1)) found.push({ end: i + 1, tags: [...new Set(tags)] });
      }
      return found;
    },
  };
}
