/** A part of a message that may hold a wish of its own. Offsets are into the whole message. */
export interface Part {
  readonly start: number;
  readonly end: number;
}

/** More parts than this are not worth reading: nobody asks for seven things at once, and each costs a prediction. */
const MOST_PARTS = 6;
const LONGEST = 600;

const SENTENCE_END = /[.!?](?=\s|$)|[。！？；;\n]+/gu;
const JOINED = /\s*[,，]?\s*(?<![\p{L}])(?:and also|and then|and|also|plus|as well as|además|ademas|también|y(?= )|aparte)(?![\p{L}])[\s,]*|[,，]?\s*(?:还有|另外|并且|而且|同时|顺便|然后)[,，:：]?\s*/giu;

function cut(text: string, start: number, end: number, pattern: RegExp): Part[] {
  const parts: Part[] = [];
  let from = start;
  for (const match of text.slice(start, end).matchAll(pattern)) {
    const at = start + (match.index ?? 0);
    // A mark that ends a sentence belongs to it; a joining word belongs to neither side.
    const isEnd = /^[.!?。！？；;\n]/u.test(match[0]);
    parts.push({ start: from, end: isEnd ? at + match[0].length : at });
    from = at + match[0].length;
  }
  parts.push({ start: from, end });
  return parts.map((part) => trim(text, part)).filter((part) => /[\p{L}\p{N}]/u.test(text.slice(part.start, part.end)));
}

function trim(text: string, { start, end }: Part): Part {
  const piece = text.slice(start, end);
  return { start: start + (piece.length - piece.trimStart().length), end: end - (piece.length - piece.trimEnd().length) };
}

/** Every way worth trying to cut a message in parts: at sentence ends first, then at joining words too; none if it is of one piece. */
export function cutsOf(text: string): readonly (readonly Part[])[] {
  if (text.length > LONGEST) return [];
  const sentences = cut(text, 0, text.length, SENTENCE_END);
  const pieces = sentences.flatMap(({ start, end }) => cut(text, start, end, JOINED));
  return [pieces, sentences].filter((parts, i) => parts.length > 1 && parts.length <= MOST_PARTS && (i === 0 || sentences.length !== pieces.length));
}
