import type { Agent, Note } from '../ports/records.js';
import type { DeskParts } from './parts.js';

/** Who is called by name in a text: "@Ben Okafor", in any letter case; the longest name counts, so that "@Ann Lee" is not Ann. */
export function calledIn(text: string, agents: readonly Pick<Agent, 'id' | 'name'>[]): string[] {
  const said = text.toLowerCase();
  const names = agents.toSorted((a, b) => b.name.length - a.name.length);
  const called = new Set<string>();
  for (let at = said.indexOf('@'); at !== -1; at = said.indexOf('@', at + 1)) {
    const found = names.filter(({ name }) => said.startsWith(name.toLowerCase(), at + 1) && !/^[\p{L}\p{N}]/u.test(said.slice(at + 1 + name.length)));
    // Two colleagues of one name are both called.
    for (const one of found) if (one.name.length === found[0]?.name.length) called.add(one.id);
  }
  return [...called];
}

/** Puts a note before the colleagues it calls by name; the same note again changes nothing. */
export async function noteMentions(note: Note, { records }: Pick<DeskParts, 'records'>): Promise<void> {
  if (!note.text.includes('@')) return;
  const agents = (await records.agents.list()).filter(({ disabledAt }) => disabledAt === undefined);
  for (const agentId of calledIn(note.text, agents)) {
    if (agentId !== note.agent.id) await records.desk.mentions.add({ noteId: note.id, agentId, conversationId: note.conversationId, at: note.at, by: note.agent, text: note.text });
  }
}
