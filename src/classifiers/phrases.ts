import { remembering } from '../domain/remember.js';
import { foldBetween } from './folding.js';

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
const SIGNS = '[]|,';
const MANY_BLANKS = /^ | $| {2}/u;
/** A phrase is far shorter; a row of one letter is not followed for ever. */
const LONGEST = 60;

/** Every phrase a pattern stands for: `[a|b|]` is a, b or nothing. */
function expand(pattern: string): readonly string[] {
  // What stands between groups and what stands in them take turns.
  return pattern.split(GROUP).reduce<readonly string[]>((begun, part, index) => {
    const ways = index % 2 === 0 ? [part] : part.split('|');
    return begun.flatMap((head) => ways.map((way) => head + way));
  }, ['']);
}

/** More than there are lists in all languages: they are read when the program begins, many of them by several. */
const MOST_LISTS = 1000;

/** The phrases of a list as `ReplyWords` writes them, folded, each once. */
export const phrasesOf = remembering(MOST_LISTS, (list: string): readonly string[] => {
  const phrases = foldBetween(list, SIGNS).split(',').flatMap(expand).map((phrase) => (MANY_BLANKS.test(phrase) ? phrase.replace(/ {2,}/gu, ' ').trim() : phrase));
  return [...new Set(phrases)].filter((phrase) => phrase !== '');
});

const WORD = /[\p{L}\p{N}]/u;
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;
const isWord = (sign: string): boolean => WORD.test(sign) && !UNSPACED.test(sign);

/** Whether no word runs across the place; scripts without blanks may be parted anywhere. */
export function isEdge(text: string, place: number): boolean {
  return place <= 0 || place >= text.length || !isWord(text.charAt(place - 1)) || !isWord(text.charAt(place));
}

function childOf<Tag>(node: Node<Tag>, unit: string): Node<Tag> {
  const known = node.next.get(unit);
  if (known) return known;
  const child: Node<Tag> = { next: new Map(), tags: [] };
  node.next.set(unit, child);
  return child;
}

/** Puts phrases together for looking up; with `drawn`, letters drawn out in a text ("yesss") do not hide a phrase. */
export function createPhraseBook<Tag>(entries: Iterable<readonly [phrase: string, tag: Tag]>, { drawn = false } = {}): PhraseBook<Tag> {
  // The tree of a letter is grown when a text first has that letter where a phrase may begin.
  const seeds = new Map<string, (readonly [phrase: string, tag: Tag])[]>();
  for (const entry of entries) {
    const unit = entry[0].charAt(0);
    const beside = seeds.get(unit);
    if (beside) beside.push(entry);
    else seeds.set(unit, [entry]);
  }
  const root: Node<Tag> = { next: new Map(), tags: [] };
  const grow = (unit: string): void => {
    for (const [phrase, tag] of seeds.get(unit) ?? []) {
      let node = root;
      for (let i = 0; i < phrase.length; i++) node = childOf(node, phrase.charAt(i));
      if (!node.tags.includes(tag)) node.tags = [...node.tags, tag];
    }
    seeds.delete(unit);
  };
  return {
    at(text, place) {
      const found: Found<Tag>[] = [];
      if (!isEdge(text, place)) return found;
      const head = text.charAt(place);
      if (seeds.has(head)) grow(head);
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
