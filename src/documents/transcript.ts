import type { Line } from '../domain/message.js';
import type { Texts } from '../ports/texts.js';

const mark = '\uFEFF';

/** What was said in a conversation, as plain text: one passage a line, each with its time in `zone`, who said it, and the files that came with it. */
export function transcriptText(texts: Texts, locale: string, zone: string | undefined, about: string, lines: readonly Line[]): string {
  const at = (instant: string): string => texts.value({ date: instant, style: 'both', ...(zone === undefined ? {} : { zone }) }, locale);
  const passages = lines.filter((line) => line.text !== '' || (line.files ?? []).length > 0).map((line) => {
    const who = texts.say({ key: 'paper.transcript.who', values: { from: line.from, name: line.agent?.name ?? '' } }, locale);
    const files = (line.files ?? []).map((file) => `[${file.name}]`);
    return `${at(line.at)} – ${who}\n${[line.text, ...files].filter((part) => part !== '').join('\n')}`;
  });
  // The mark tells editors that this is Unicode.
  return `${mark}${[texts.say({ key: 'paper.transcript.title', values: { case: about } }, locale), ...passages].join('\n\n')}\n`;
}
