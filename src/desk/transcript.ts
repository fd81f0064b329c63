import type { Line } from '../domain/message.js';
import type { DeskParts } from './parts.js';

const mark = '\uFEFF';

/** A whole conversation to keep: as text for people, or as JSON with everything channels do not need left out. Notes are never in it. */
export function transcriptOf(conversationId: string, lines: readonly Line[], as: 'text' | 'json', locale: string, { texts }: Pick<DeskParts, 'texts'>): { readonly name: string; readonly type: string; readonly text: string } {
  const name = `transcript-${conversationId.replaceAll(/[^\w-]+/gu, '-').slice(0, 60)}`;
  if (as === 'json') {
    const rows = lines.map(({ seq, at, from, agent, locale: said, text, files, links }) => ({ seq, at, from, ...(agent ? { agent: agent.name } : {}), locale: said, text, ...(files ? { files: files.map((file) => file.name) } : {}), ...(links ? { links } : {}) }));
    return { name: `${name}.json`, type: 'application/json; charset=utf-8', text: `${JSON.stringify({ conversation: conversationId, lines: rows }, null, 2)}\n` };
  }
  const passages = lines.filter((line) => line.text !== '' || (line.files ?? []).length > 0).map((line) => {
    const who = texts.say({ key: 'paper.transcript.who', values: { from: line.from, name: line.agent?.name ?? '' } }, locale);
    return [`${texts.value({ date: line.at, style: 'both' }, locale)} – ${who}`, line.text, ...(line.files ?? []).map((file) => `[${file.name}]`), ...(line.links ?? []).map((link) => link.url)].filter((part) => part !== '').join('\n');
  });
  // The mark tells editors that this is Unicode.
  return { name: `${name}.txt`, type: 'text/plain; charset=utf-8', text: `${mark}${passages.join('\n\n')}\n` };
}
