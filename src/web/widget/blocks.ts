import { safeUrl } from './activity.js';

/** A stretch of a line: words, or an address to open. */
export type Piece = string | { readonly url: string; readonly shown: string };

/** A paragraph (its lines are kept) or a list. */
export type Block = { readonly lines: readonly Piece[][] } | { readonly items: readonly Piece[][] };

const BULLET = /^\s*[-–•*·]\s+(?=\S)/;
const ADDRESS = /https?:\/\/[^\s<>"“”«»，。；！？、（）【】「」]+/gi;

/** Finds the http(s) addresses in a line; a full stop or bracket after one does not belong to it. */
export function linkify(line: string): Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  for (const match of line.matchAll(ADDRESS)) {
    let shown = match[0].replace(/[.,;:!?'’*_]+$/, '');
    while (shown.endsWith(')') && shown.split('(').length < shown.split(')').length) shown = shown.slice(0, -1).replace(/[.,;:!?]+$/, '');
    const url = safeUrl(shown);
    if (url === undefined) continue;
    if (match.index > from) pieces.push(line.slice(from, match.index));
    pieces.push({ url, shown });
    from = match.index + shown.length;
  }
  if (from < line.length) pieces.push(line.slice(from));
  return pieces;
}

/** Splits plain text into paragraphs and bullet lists; nothing in it is ever taken for markup. */
export function readBlocks(text: string): Block[] {
  const blocks: { lines?: Piece[][]; items?: Piece[][] }[] = [];
  let isFresh = true;
  for (const line of text.split('\n')) {
    if (line.trim() === '') {
      isFresh = true;
      continue;
    }
    const isItem = BULLET.test(line);
    const last = isFresh ? undefined : blocks.at(-1);
    const pieces = linkify(isItem ? line.replace(BULLET, '') : line);
    if (isItem && last?.items) last.items.push(pieces);
    else if (!isItem && last?.lines) last.lines.push(pieces);
    else blocks.push(isItem ? { items: [pieces] } : { lines: [pieces] });
    isFresh = false;
  }
  return blocks as Block[];
}
