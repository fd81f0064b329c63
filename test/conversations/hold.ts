import type { Line } from '../../src/domain/message.js';
import { photo, type Button, type Door, type Seen, type Visit } from '../support/doors/door.js';
import { theDay, type Stage } from '../support/doors/stage.js';
import type { Talk, Turn } from './talks.js';

/** What came of one turn. */
export interface Held extends Seen {
  readonly keys: readonly string[];
  readonly writes: number;
}

/** A talk as it went: every turn, what was wrong with it, and how it reads. */
export interface Outcome {
  readonly turns: readonly (Held | null)[];
  readonly problems: readonly string[];
  readonly told: string;
}

/** Holds a talk at a door and compares every turn with what the customer should get. */
export async function hold(talk: Pick<Talk, 'name' | 'turns' | 'index'>, door: Door, stage: Stage): Promise<Outcome> {
  const { core, clock, failures } = stage;
  const begin = Date.parse(theDay) + talk.index * 60_000;
  clock.set(begin);
  const visit = await door.visit(`talk ${talk.index}`);
  const revisions = await allRevisions(stage);
  const problems: string[] = [];
  const told: string[] = [];
  const turns: (Held | null)[] = [];
  const offered: Button[][] = [];
  let writes = 0;
  let wanted = 0;
  let seq = 0;
  for (const [index, turn] of talk.turns.entries()) {
    clock.set(begin + (index + 1) * 2_000);
    const wrong = (what: string): void => void problems.push(`turn ${index + 1} (${nameOf(turn)}): ${what}`);
    if (turn.pressesOld !== undefined && !door.hasButtons) {
      turns.push(null);
      continue;
    }
    const seen = await act(turn, visit, offered, wrong, stage);
    if (!seen) break;
    const lines = (await core.store.readLog(visit.conversationId, seq, 500));
    seq = lines.at(-1)?.seq ?? seq;
    const answers = lines.filter(({ from }) => from !== 'customer');
    const held: Held = { ...seen, keys: answers.flatMap(keysOf), writes: (await core.records.actions.ofConversation(visit.conversationId)).length };
    turns.push(held);
    offered.push(answers.flatMap(({ choices }) => choices ?? []));
    told.push(`> ${nameOf(turn)}\n${seen.words}${seen.labels.length > 0 ? `\n  [${seen.labels.join('] [')}]` : ''}${seen.files.map(({ name }) => `\n  file ${name}`).join('')}\n  (${held.keys.join(' ')}; ${held.writes} writes; ${answers.flatMap(intentsOf).join(' ')})`);
    compare(turn, held, answers, wrong);
    const before = writes;
    writes = turn.writes ?? writes;
    if (held.writes !== writes) wrong(`${held.writes} writes so far, not ${writes}`);
    const changes = await allRevisions(stage) - revisions;
    wanted += turn.changes === undefined ? writes - before : turn.changes - wanted;
    if (changes !== wanted) wrong(`the shop's orders changed ${changes} times, not ${wanted}`);
    for (const [number, text] of Object.entries(turn.holds)) {
      if (!JSON.stringify(await core.shop.reader.findOrder(number)).includes(text)) wrong(`the shop does not hold "${text}" of ${number}`);
    }
    const kept = JSON.stringify([await core.store.readLog(visit.conversationId, 0, 500), await core.store.head(visit.conversationId)]);
    for (const text of turn.neverKept) if (kept.includes(text)) wrong(`"${text}" was kept`);
    if (failures.length > 0) wrong(`failed: ${failures.splice(0).join('; ')}`);
  }
  if (writes > 0 || talk.turns.some(({ expects }) => expects.some((key) => key.startsWith('who.')))) await stage.reset();
  return { turns, problems, told: told.join('\n') };
}

const nameOf = (turn: Turn): string => turn.says?.join(' / ') ?? (turn.sendsPhoto ? 'a photo' : `[${turn.presses ?? turn.pressesOld}]`);
const keysOf = (line: Line): string[] => (line.replies ?? []).map(({ key }) => key);
const intentsOf = (line: Line): string[] => [
  ...(line.trace?.intents ?? []).map(({ intent, confidence, verdict }) => `${intent}:${confidence}:${verdict}`),
  ...(line.trace?.entities ?? []).map((entity) => { const { kind, raw } = entity as { kind: string; raw: string }; return `${kind}=${raw}`; }),
];

async function allRevisions({ core }: Stage): Promise<number> {
  const row = await core.shopDb.selectFrom('shop_orders').select((of) => of.fn.sum('revision').as('sum')).executeTakeFirst();
  return Number(row?.sum ?? 0);
}

async function act(turn: Turn, visit: Visit, offered: readonly Button[][], wrong: (what: string) => void, { lastCode }: Stage): Promise<Seen | null> {
  // "{code}" is the one-time code that came by mail.
  if (turn.says) return visit.says(turn.says.map((text) => (text.includes('{code}') ? text.replace('{code}', lastCode()) : text)));
  if (turn.sendsPhoto) return visit.sendsPhoto ? visit.sendsPhoto(photo, 'fault.png') : visit.says([turn.sendsPhoto.elseSays]);
  const wanted = turn.presses ?? turn.pressesOld ?? '';
  const rounds = turn.presses === undefined ? offered.slice(0, -1) : offered;
  const button = rounds.flat().findLast((one) => isCalled(one, wanted));
  if (button) return visit.presses(button);
  wrong(`there is no button "${wanted}"; there were ${rounds.flat().map(({ id, label }) => `${label} (${id})`).join(', ') || 'none'}`);
  return null;
}

const isCalled = ({ id, label }: Button, name: string): boolean => id === name || label === name || id.startsWith(`${name}:`);

function compare(turn: Turn, held: Held, answers: readonly Line[], wrong: (what: string) => void): void {
  const buttons = answers.flatMap(({ choices }) => choices ?? []);
  if (turn.expects.length > 0 && answers.length === 0) wrong('no answer');
  for (const key of turn.expects) if (!held.keys.includes(key)) wrong(`expected ${key}, got ${held.keys.join(' ')}`);
  for (const key of turn.lacks) if (held.keys.includes(key)) wrong(`did not expect ${key}`);
  for (const fact of turn.shows) if (!plain(held.words).includes(plain(fact))) wrong(`"${fact}" is not in: ${held.words}`);
  for (const fact of turn.hides) if (plain(held.words).includes(plain(fact))) wrong(`"${fact}" must not be in: ${held.words}`);
  for (const name of turn.choices) if (!buttons.some((one) => isCalled(one, name))) wrong(`"${name}" is not among the buttons ${buttons.map(({ id, label }) => `${label} (${id})`).join(', ') || '(none)'}`);
  const labels = buttons.map(({ label }) => label);
  if (JSON.stringify(held.labels) !== JSON.stringify(labels)) wrong(`the buttons ${labels.join(', ')} came as ${held.labels.join(', ')}`);
  const names = held.files.map(({ name }) => name);
  if (names.length !== (turn.files?.length ?? 0)) wrong(`files: ${names.join(', ') || 'none'}`);
  for (const pattern of turn.files ?? []) if (!names.some((name) => new RegExp(pattern, 'u').test(name))) wrong(`no file like ${pattern}: ${names.join(', ')}`);
  for (const pattern of turn.links) if (!held.links.some((link) => new RegExp(pattern, 'u').test(link))) wrong(`no link like ${pattern}: ${held.links.join(', ') || 'none'}`);
  for (const { name, bytes } of held.files) if (name.endsWith('.pdf') && Buffer.from(bytes.slice(0, 5)).toString() !== '%PDF-') wrong(`${name} is not a PDF`);
}

/** Blanks of all kinds count as one: money and dates are set with narrow ones. */
const plain = (text: string): string => text.replaceAll(/\s+/gu, ' ');

/** What must be the same at every door: the numbers a new return, refund, case or request is given hang on the conversation. */
export function comparable({ words, links, labels, files, keys, writes }: Held): object {
  const known = (text: string): string => text.replaceAll(/RMA-(?!3F8XQ2|7K2M9Q)[0-9A-Z]{6}/gu, 'RMA-NEW').replaceAll(/\bRT\d{9}[A-Z]{2}\b/gu, 'RT-NEW').replaceAll(/\b(RF|CS)-[0-9A-Z]{6}\b/gu, '$1-NEW').replaceAll(/\b(?=[A-F]*\d)[0-9A-F]{8}\b/gu, 'REQUEST');
  return { words: known(words).split('\n').map((line) => line.trim()).join('\n').trim(), links: links.map(known), labels: labels.map(known), files: files.map(({ name }) => known(name)), keys, writes };
}
