import type { Heard } from '../dialogue/flow.js';
import type { Entity } from '../domain/understanding.js';
import { BREAKS, DENIES, GOES, GOES_ON, isAllBut, STAYS } from '../domain/words/going.js';

interface Clause { readonly start: number; readonly end: number; readonly text: string; readonly break: string }

function clausesOf(text: string): Clause[] {
  const clauses: Clause[] = [];
  let start = 0;
  let before = '';
  for (const match of text.matchAll(BREAKS)) {
    clauses.push({ start, end: match.index, text: text.slice(start, match.index), break: before });
    start = match.index + match[0].length;
    before = match[0];
  }
  return [...clauses, { start, end: text.length, text: text.slice(start), break: before }];
}

/** Clauses that tell what stays; "keep the tent and the bags" goes on until something else is said. */
function staying(text: string): Clause[] {
  let stays = false;
  return clausesOf(text).flatMap((clause) => {
    const said = STAYS.exec(clause.text);
    const goesOn = stays && !GOES.test(clause.text) && !DENIES.test(clause.text) && GOES_ON.test(clause.break);
    stays = said !== null || goesOn;
    return stays ? [said ? narrowed(clause, said) : clause] : [];
  });
}

/** Of a clause that tells both what goes and what stays, the part with what stays. */
function narrowed(clause: Clause, said: RegExpExecArray): Clause {
  const end = said.index + said[0].length;
  if (GOES.test(clause.text.slice(0, said.index))) return { ...clause, start: clause.start + said.index, text: clause.text.slice(said.index) };
  const goes = GOES.exec(clause.text.slice(end));
  return goes ? { ...clause, end: clause.start + end + goes.index, text: clause.text.slice(0, end + goes.index) } : clause;
}

const isKind = (entity: Entity, value: string): boolean => entity.kind === 'marker' && entity.value === value;

/**
 * A message that wants things gone, as one that names only those: what is to stay is left out of it, and "drop the lamp" or
 * "I don't want the lamp" denies nothing. An answer to what is on the table keeps what it denies: "yes, but leave the lamp".
 */
export function goingOnly(heard: Heard): Heard {
  const { text } = heard;
  const stays = staying(text);
  if (heard.asked) {
    const spared = stays.map((clause): Entity => {
      const at = clause.start + (STAYS.exec(clause.text)?.index ?? 0);
      const end = at + (STAYS.exec(clause.text)?.[0].length ?? 0);
      return { kind: 'marker', value: 'not', start: at, end, raw: text.slice(at, end) };
    });
    const isAll = heard.entities.some(({ kind }) => kind === 'all' || kind === 'both');
    const others = heard.entities.filter((entity) => !isKind(entity, 'not') || !GOES.test(text.slice(entity.start, entity.end + 12)) || /^(?:not|don['’]?t)\s+(?:remove|cancel|touch|delete|take)/iu.test(text.slice(entity.start)));
    // "But not the lamp" at the question takes the lamp out; it does not mean all the rest there is.
    const told = others.map((entity): Entity => (entity.kind === 'except' && !isAll ? { kind: 'marker', value: 'not', start: entity.start, end: entity.end, raw: entity.raw } : entity));
    return { ...heard, entities: [...told, ...spared] };
  }
  if (isAllBut(text)) return { ...heard, entities: heard.entities.filter((entity) => !['all', 'except', 'both'].includes(entity.kind) && !isKind(entity, 'not') && !isKind(entity, 'only')) };
  const wanted = text.search(GOES);
  // "Take the jacket out, but not the lamp": what is denied behind the wish stays.
  const denied = heard.entities.filter((entity) => (isKind(entity, 'not') || entity.kind === 'except') && wanted >= 0 && wanted < entity.start && !GOES.test(text.slice(entity.start, entity.end + 12)))
    .flatMap(({ start, end }) => clausesOf(text).filter((clause) => clause.start <= end && end <= clause.end).map((clause) => ({ ...clause, start })));
  const isAll = heard.entities.some(({ kind }) => kind === 'all' || kind === 'both');
  const out = [...stays, ...(isAll ? [] : denied)];
  const left = out.reduce((rest, { start, end }) => rest.slice(0, start) + ' '.repeat(end - start) + rest.slice(end), text);
  return { ...heard, text: left, entities: heard.entities.filter((entity) => !isKind(entity, 'not') && !(entity.kind === 'except' && !isAll) && !out.some(({ start, end }) => entity.start >= start && entity.end <= end)) };
}
