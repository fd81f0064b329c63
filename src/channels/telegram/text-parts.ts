/** The longest text Telegram takes, in UTF-16 units. */
const longestText = 4096;

/** A text that can be sent: no halves of surrogate pairs, which are not UTF-8, and no control characters but line breaks and tabs. */
export function cleanText(text: string): string {
  // eslint-disable-next-line no-control-regex
  return Buffer.from(text).toString().replaceAll('\r\n', '\n').replaceAll(/[\u0000-\u0008\u000b-\u001f\u007f]/g, '').trim();
}

/**
 * Splits a text into parts of at most `limit` UTF-16 units, at the last paragraph, line or word border in reach, and
 * inside a word only when there is none. Spaces and line breaks at the borders go; nothing else is lost.
 */
export function splitText(text: string, limit = longestText): string[] {
  const parts: string[] = [];
  let rest = text.trim();
  while (rest.length > limit) {
    const end = borderIn(rest, limit);
    const part = rest.slice(0, end).trimEnd();
    if (part !== '') parts.push(part);
    rest = rest.slice(end).trimStart();
  }
  if (rest !== '') parts.push(rest);
  return parts;
}

function borderIn(text: string, limit: number): number {
  // One unit more, so that a border right behind a full part is seen.
  const reach = text.slice(0, limit + 1);
  for (const border of ['\n\n', '\n', ' ']) {
    const at = reach.lastIndexOf(border);
    // A border very early on would make many short messages out of one text.
    if (at >= limit / 2) return Math.min(at, limit);
  }
  const isInPair = /[\ud800-\udbff]/.test(text.charAt(limit - 1)) && /[\udc00-\udfff]/.test(text.charAt(limit));
  return isInPair ? limit - 1 : limit;
}
