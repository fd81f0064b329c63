const QUOTED = /"[^"]*"|“[^”]*”|„[^“”]*[“”]|«[^»]*»|「[^」]*」/gu;

/** The message without what it quotes, sign for sign: somebody else's word is no insult. */
export const unquoted = (text: string): string => text.replace(QUOTED, (quote) => quote.replace(/[^"“”„«»「」]/gu, ' '));

/** What a value of a tool is blanked out with. */
export const VALUE = '\u25a2';

/** Shorter values are blanked only where they are numbers that stand alone. */
const SHORTEST_VALUE = 3;

/** The message with the values of tools blanked out, sign for sign: what a product is called, or an order's day, is not the writer's word. */
export function blanked(message: string, values: readonly string[]): string {
  let text = message;
  for (const value of [...new Set(values)].filter((one) => one.trim() !== '').toSorted((a, b) => b.length - a.length)) {
    const isShort = value.length < SHORTEST_VALUE;
    if (isShort && !/^\d+$/u.test(value)) continue;
    for (let at = text.indexOf(value); at >= 0; at = text.indexOf(value, at + value.length)) {
      if (isShort && /[\p{L}\p{N}]/u.test(`${text.charAt(at - 1)}${text.charAt(at + value.length)}`)) continue;
      text = text.slice(0, at) + VALUE.repeat(value.length) + text.slice(at + value.length);
    }
  }
  return text;
}

const MARKS = /[!?\uff01\uff1f\u061f]{2,}|^[^?]*[!\uff01]\s*$/u;
const FEWEST_LETTERS = 12;
const SHOUTED = 0.85;

/** Whether a message is written in capitals with marks that shout. */
export function isShouted(text: string): boolean {
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  const capitals = text.match(/\p{Lu}/gu)?.length ?? 0;
  return capitals >= FEWEST_LETTERS && capitals / letters >= SHOUTED && MARKS.test(text);
}
