import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Line } from '../../src/domain/message.js';
import type { Receipt } from '../../src/domain/receipt.js';
import type { CaseWriter } from '../../src/ports/cases.js';
import type { DeskTalk } from '../../src/ports/agent-desk.js';
import type { Agent, Invite, Records, Ticket, Timer } from '../../src/ports/records.js';
import type { TrainingLabel } from '../../src/ports/training.js';
import { caseNumber } from '../../src/stores/case-number.js';
import { at } from './conversation-story.js';
import { describeDeskRecords } from './desk-records-contract.js';
import { describeHistory } from './history-contract.js';
import { describeReach } from './reach-contract.js';

/** A kind of records and how to set it up; `open` twice gives two over the same data: two nodes, where there can be more than one. */
export interface RecordsKind {
  readonly name: string;
  start(): Promise<{ open(): Promise<Records>; stop(): Promise<void> }>;
}

const ODD = '’"\\\n\u0000 🙂 خط 长';

/** What is asked of a department in these tests. */
export const aCase = (conversationId: string, customerId: string): Parameters<CaseWriter['open']>[0] => ({
  kind: 'carrier_enquiry', conversationId, customerId, orderNumber: '#1', parcel: 'P1', lines: [{ lineId: 'l1', quantity: 2 }],
  owner: 'carrier_desk', dueAt: at(99), details: { said: ODD },
});

/** The guarantees of the Records port, run against every implementation. */
export function describeRecords({ name, start }: RecordsKind): void {
  describe(`records in ${name}`, () => {
    let kind: Awaited<ReturnType<RecordsKind['start']>>;
    let records: Records;
    let other: Records;
    let count = 0;
    const fresh = (): string => `test:r${++count}`;

    beforeAll(async () => {
      kind = await start();
      // Two nodes that start at the same moment both bring the tables up to date.
      [records, other] = await Promise.all([kind.open(), kind.open()]);
    }, 60_000);
    afterAll(async () => {
      await records?.close();
      await other?.close();
      await kind?.stop();
    });

    describe('a promise', () => {
      const promised = (id: string, line: string, ms: number, due: number) => ({ lineId: `${id}/${line}`, conversationId: id, owner: { id: 'a', name: ODD }, madeAt: at(ms), dueAt: at(due) });

      test('is noted once, and open until it is closed', async () => {
        const id = fresh();
        await records.promises.note(promised(id, '1', 0, 50));
        await other.promises.note({ ...promised(id, '1', 5, 99), owner: { id: 'b', name: 'other' } });
        expect(await other.promises.ofConversation(id)).toEqual([promised(id, '1', 0, 50)]);
        expect((await records.promises.open()).filter((one) => one.conversationId === id)).toHaveLength(1);
      });

      test('is kept when closed in time, broken when closed late; what was made since stays open', async () => {
        const id = fresh();
        for (const one of [promised(id, '1', 0, 10), promised(id, '2', 1, 90), promised(id, '3', 30, 95)]) await records.promises.note(one);
        expect(await records.promises.close(id, at(20), at(40))).toEqual([
          { ...promised(id, '1', 0, 10), outcome: 'broken', closedAt: at(40) }, { ...promised(id, '2', 1, 90), outcome: 'kept', closedAt: at(40) },
        ]);
        expect(await records.promises.close(id, at(20), at(60))).toEqual([]);
        expect((await records.promises.open()).filter((one) => one.conversationId === id)).toEqual([promised(id, '3', 30, 95)]);
      });

      test('is forgotten with its conversation', async () => {
        const id = fresh();
        await records.promises.note(promised(id, '1', 0, 10));
        await records.forget(id);
        expect(await records.promises.ofConversation(id)).toEqual([]);
      });
    });

    describe('a write to the shop', () => {
      const action = (id: string, key: string, ms = 0) => ({ key, conversationId: id, flow: 'return-item', request: { order: '#1', odd: ODD }, openedAt: at(ms) });

      test('is put down once; the same key again finds the first row', async () => {
        const id = fresh();
        const first = await records.actions.open(action(id, `${id}/1`));
        expect(first).toEqual(action(id, `${id}/1`));
        expect(await other.actions.open({ ...action(id, `${id}/1`, 5), flow: 'other', request: null })).toEqual(first);
        expect(await records.actions.find(`${id}/1`)).toEqual(first);
        expect(await records.actions.find('nobody’s')).toBeNull();
      });

      test('is put down once by many at the same moment', async () => {
        const id = fresh();
        const rows = await Promise.all(Array.from({ length: 20 }, (_, n) => (n % 2 === 0 ? records : other).actions.open(action(id, `${id}/1`, n))));
        expect(new Set(rows.map((row) => row.openedAt)).size).toBe(1);
        expect(await records.actions.ofConversation(id)).toHaveLength(1);
      });

      test('keeps its first receipt, unless it was unknown', async () => {
        const id = fresh();
        await records.actions.open(action(id, `${id}/1`));
        await records.actions.close(`${id}/1`, 'unknown', null, at(1));
        await records.actions.close(`${id}/1`, 'done', { refund: 5 }, at(2));
        await records.actions.close(`${id}/1`, 'refused', { refund: 0 }, at(3));
        const closed = { ...action(id, `${id}/1`), outcome: 'done', receipt: { refund: 5 }, closedAt: at(2) };
        expect(await records.actions.find(`${id}/1`)).toEqual(closed);
        expect(await records.actions.open(action(id, `${id}/1`, 9))).toEqual(closed);
        await records.actions.close('nobody’s', 'done', null, at(1));
        expect(await records.actions.find('nobody’s')).toBeNull();
      });

      test('still open is found, oldest first', async () => {
        const id = fresh();
        for (const [key, ms] of [['c', 30], ['a', 10], ['b', 20], ['d', 40]] as const) await records.actions.open(action(id, `${id}/${key}`, -1_000_000 + ms));
        await records.actions.close(`${id}/b`, 'done', null, at(1));
        const open = await records.actions.openBefore(at(-1_000_000 + 40), 10);
        expect(open.map((row) => row.key)).toEqual([`${id}/a`, `${id}/c`]);
        expect(await records.actions.openBefore(at(-1_000_000 + 40), 1)).toHaveLength(1);
        expect((await records.actions.ofConversation(id)).map((row) => row.key)).toEqual(['a', 'b', 'c', 'd'].map((key) => `${id}/${key}`));
      });
    });

    describe('a ticket', () => {
      const ticket = (id: string, n: string, ms = 0): Ticket => ({
        id: `${id}/${n}`, conversationId: id, kind: 'handover', state: 'open', reason: 'asked', brief: { tried: [ODD] }, openedAt: at(ms),
      });

      test('is opened once and changed in parts', async () => {
        const id = fresh();
        await records.tickets.open(ticket(id, '1'));
        await other.tickets.open({ ...ticket(id, '1'), reason: 'again' });
        expect(await records.tickets.find(`${id}/1`)).toEqual(ticket(id, '1'));
        const assigned = { ...ticket(id, '1'), state: 'assigned', assignedTo: { id: 'ann', name: 'Ann' } };
        expect(await records.tickets.update(`${id}/1`, { state: 'assigned', assignedTo: { id: 'ann', name: 'Ann' } })).toEqual(assigned);
        expect(await records.tickets.update(`${id}/1`, {})).toEqual(assigned);
        expect(await records.tickets.update(`${id}/1`, { state: 'closed', closedAt: at(9), brief: null })).toEqual({ ...assigned, state: 'closed', closedAt: at(9), brief: null });
        expect(await records.tickets.update('nobody’s', { state: 'closed' })).toBeNull();
        expect(await records.tickets.find('nobody’s')).toBeNull();
      });

      test('waits in the queue until it is closed, oldest first', async () => {
        const id = fresh();
        for (const [n, ms] of [['2', 20], ['1', 10], ['3', 30]] as const) await records.tickets.open({ ...ticket(id, n, ms), dueAt: at(99) });
        await records.tickets.update(`${id}/2`, { state: 'closed', closedAt: at(50) });
        await records.tickets.update(`${id}/3`, { state: 'assigned' });
        expect((await records.tickets.queue()).filter((one) => one.conversationId === id).map((one) => one.id)).toEqual([`${id}/1`, `${id}/3`]);
        expect((await records.tickets.ofConversation(id)).map((one) => [one.id, one.dueAt])).toEqual([[`${id}/1`, at(99)], [`${id}/2`, at(99)], [`${id}/3`, at(99)]]);
      });
    });

    describe('a case', () => {
      test('is opened once by its key, with a number of its own and a ticket for the desk', async () => {
        const id = fresh();
        const first = await records.cases.open(aCase(id, `${id}/c`), `${id}/k`, at(5));
        expect(first).toEqual({ ...aCase(id, `${id}/c`), number: first.number, state: 'open', openedAt: at(5) });
        expect(first.number).toMatch(/^CS-[2-9B-Z]{6}$/u);
        expect(await other.cases.open({ ...aCase(id, 'somebody else'), kind: 'refund' }, `${id}/k`, at(9))).toEqual(first);
        expect(await other.tickets.ofConversation(id)).toEqual([{
          id: first.number, conversationId: id, kind: 'enquiry', state: 'open', reason: 'carrier_enquiry', openedAt: at(5), dueAt: at(99),
          brief: { case: first.number, kind: 'carrier_enquiry', owner: 'carrier_desk', customer: `${id}/c`, order: '#1', parcel: 'P1', lines: [{ lineId: 'l1', quantity: 2 }], details: { said: ODD } },
        }]);
        const second = await records.cases.open(aCase(id, `${id}/c`), `${id}/k2`, at(6));
        expect(second.number).not.toBe(first.number);
      });

      test('is opened once by many at the same moment', async () => {
        const id = fresh();
        const all = await Promise.all(Array.from({ length: 20 }, (_, n) => (n % 2 === 0 ? records : other).cases.open(aCase(id, `${id}/c`), `${id}/k`, at(n))));
        expect(new Set(all.map((one) => `${one.number} ${one.openedAt}`)).size).toBe(1);
        expect(await records.cases.ofCustomer(`${id}/c`)).toHaveLength(1);
        expect(await records.tickets.ofConversation(id)).toHaveLength(1);
      });

      test('is found by its number however it is written, and with the customer’s others, newest first', async () => {
        const id = fresh();
        const opened = [];
        for (const [n, ms] of [[1, 10], [2, 30], [3, 20], [4, 20]] as const) opened.push(await records.cases.open(aCase(id, `${id}/c`), `${id}/${n}`, at(ms)));
        const [one, two, ...same] = opened;
        if (!one || !two) throw new Error('four were opened');
        expect(await other.cases.find(` ${one.number.toLowerCase()} `)).toEqual(one);
        expect(await records.cases.find('CS-000000')).toBeNull();
        expect((await other.cases.ofCustomer(`${id}/c`)).map((found) => found.number)).toEqual([two.number, ...same.map((found) => found.number).sort(), one.number]);
        expect(await records.cases.ofCustomer('nobody’s')).toEqual([]);
      });

      test('has a timeline: each step once by its key, oldest first, and gone with the conversation', async () => {
        const id = fresh();
        const opened = await records.cases.open(aCase(id, `${id}/c`), `${id}/k`, at(5));
        const first = await records.cases.note({ case: opened.number.toLowerCase(), conversationId: id, by: 'customer', what: 'opened', text: ODD }, `${id}/1`, at(6));
        expect(first).toEqual({ case: opened.number, conversationId: id, by: 'customer', what: 'opened', text: ODD, at: at(6) });
        expect(await other.cases.note({ case: opened.number, conversationId: id, by: 'shop', what: 'answered' }, `${id}/1`, at(9))).toEqual(first);
        const file = { fileId: 'f1', name: 'a.jpg', sha256: 'aa', kept: `${id}/kept` };
        const second = await other.cases.note({ case: opened.number, conversationId: id, by: 'customer', what: 'evidence', proof: 'comparison', files: [file, { ...file, fileId: 'f2' }, { fileId: 'f3' }] }, `${id}/2`, at(7));
        expect(await records.cases.entries(` ${opened.number} `)).toEqual([first, second]);
        expect(await other.cases.entriesWith(`${id}/kept`)).toEqual([second]);
        expect(await records.cases.entriesWith('of nobody')).toEqual([]);
        expect(await records.cases.entries('CS-000000')).toEqual([]);
        await records.forget(id);
        expect([await records.cases.entries(opened.number), await records.cases.entriesWith(`${id}/kept`)]).toEqual([[], []]);
      });

      test('is passed on to another department with a new day, and closed together with its ticket', async () => {
        const id = fresh();
        const opened = await records.cases.open(aCase(id, `${id}/c`), `${id}/k`, at(5));
        await records.cases.update(opened.number, { state: 'answered', outcome: 'no' });
        const passed = { ...opened, outcome: 'no', state: 'open', owner: 'dispute_desk', dueAt: at(200) };
        expect(await other.cases.passOn(opened.number, { owner: 'dispute_desk', dueAt: at(200) })).toEqual(passed);
        expect(await records.cases.find(opened.number)).toEqual(passed);
        expect(await records.tickets.find(opened.number)).toMatchObject({ state: 'open', brief: { owner: 'dispute_desk', order: '#1', case: opened.number } });
        expect(await records.cases.close(opened.number, ODD, at(300))).toEqual({ ...passed, state: 'closed', outcome: ODD });
        expect(await other.tickets.find(opened.number)).toMatchObject({ state: 'closed', closedAt: at(300) });
        expect([await records.cases.close('CS-000000', '', at(1)), await records.cases.passOn('CS-000000', { owner: 'dispute_desk', dueAt: at(1) })]).toEqual([null, null]);
      });

      test('is answered at the desk, in the customer’s sight', async () => {
        const id = fresh();
        const opened = await records.cases.open(aCase(id, `${id}/c`), `${id}/k`, at(5));
        const answered = { ...opened, state: 'answered', outcome: ODD };
        expect(await other.cases.update(opened.number.toLowerCase(), { state: 'answered', outcome: ODD })).toEqual(answered);
        expect(await records.cases.update(opened.number, {})).toEqual(answered);
        expect(await records.cases.find(opened.number)).toEqual(answered);
        expect(await records.cases.update('CS-000000', { state: 'closed' })).toBeNull();
      });

      test('takes what is told later, once, and its ticket’s brief shows it', async () => {
        const id = fresh();
        const opened = await records.cases.open({ ...aCase(id, ''), kind: 'complaint', orderNumber: '', owner: 'service_desk' }, `${id}/k`, at(5));
        const added = { ...opened, additions: [{ key: `${id}/a`, at: at(7), details: { said: ODD } }] };
        expect(await records.cases.add(opened.number.toLowerCase(), { said: ODD }, `${id}/a`, at(7))).toEqual(added);
        expect(await other.cases.add(opened.number, { said: 'again' }, `${id}/a`, at(9))).toEqual(added);
        expect(await other.cases.find(opened.number)).toEqual(added);
        expect(await other.cases.ofConversation(id)).toEqual([added]);
        expect(await records.cases.ofConversation('nobody’s')).toEqual([]);
        expect((await other.tickets.find(opened.number))).toMatchObject({ kind: 'complaint', brief: { additions: [{ at: at(7), details: { said: ODD } }] } });
        expect(await records.cases.add('CS-000000', {}, `${id}/b`, at(9))).toBeNull();
        const all = await Promise.all(Array.from({ length: 8 }, (_, n) => (n % 2 === 0 ? records : other).cases.add(opened.number, { n }, `${id}/many/${n}`, at(10 + n))));
        expect(all.every((one) => one !== null)).toBe(true);
        expect((await records.cases.find(opened.number))?.additions).toHaveLength(9);
      });

      test('whose number another one has takes the next number of its key', async () => {
        const id = fresh();
        // Of some tens of thousands of keys, two give the same six characters.
        const seen = new Map<string, string>();
        let pair: readonly [string, string] | undefined;
        for (let n = 0; pair === undefined; n += 1) {
          const [key, number] = [`${id}/${n}`, caseNumber(`${id}/${n}`, 0)];
          const before = seen.get(number);
          if (before !== undefined) pair = [before, key];
          seen.set(number, key);
        }
        const [one, two] = [await records.cases.open(aCase(id, `${id}/c`), pair[0], at(1)), await records.cases.open(aCase(id, `${id}/c`), pair[1], at(1))];
        expect([one.number, two.number]).toEqual([caseNumber(pair[0], 0), caseNumber(pair[1], 1)]);
        expect(await other.cases.open(aCase(id, `${id}/c`), pair[1], at(1))).toEqual(two);
      });
    });

    describe('a question nothing answered', () => {
      test('is counted once a message, however it is spelt, most asked first', async () => {
        const word = fresh().replace(/[^a-z]/gu, '') + String.fromCodePoint(97 + (count % 26)).repeat(5);
        const gap = (n: number, question: string) => ({ id: `${word}/${n}`, question, locale: 'en', at: at(n) });
        await records.gaps.add(gap(1, `${word} one`));
        await other.gaps.add(gap(1, 'something else'));
        await other.gaps.add(gap(2, `${word.toUpperCase()} two?`));
        await records.gaps.add(gap(3, `${word} two`));
        const own = (await other.gaps.list(1000)).filter(({ question }) => question.toLowerCase().startsWith(word));
        expect(own.map(({ count: times, locale, lastAt }) => [times, locale, lastAt])).toEqual([[2, 'en', at(3)], [1, 'en', at(1)]]);
      });
    });

    describe('what sentences mean', () => {
      const label = (id: string, minute: number, more: Partial<TrainingLabel> = {}): TrainingLabel => ({ id: `${name} ${id}`, text: `gift wrap ${ODD}`, locale: 'en', intent: 'product_question', state: 'waiting', by: { id: 'a', name: 'Ada' }, at: at(minute), ...more });
      const own = async (): Promise<TrainingLabel[]> => (await other.training.list(1000)).filter(({ id }) => id.startsWith(name));

      test('is kept once for each sentence, changed by the next word on it, listed newest first, and taken back', async () => {
        await records.training.put([label('one', 1), label('two', 2)]);
        expect(await own()).toEqual([label('two', 2), label('one', 1)]);
        await other.training.put([label('one', 3, { state: 'learned', model: 'm1' })]);
        expect(await own()).toEqual([label('one', 3, { state: 'learned', model: 'm1' }), label('two', 2)]);
        await records.training.remove([`${name} one`, 'never there']);
        expect(await own()).toEqual([label('two', 2)]);
        await records.training.remove([]);
      });

      test('messages that were not understood for certain are found again, the newest first; those that were are not', async () => {
        const understood = (verdict: string) => ({ text: ODD, intents: [{ intent: 'x', verdict }] });
        const add = (id: string, verdict: string) => records.understandings.add({ conversationId: `${name}-unclear`, messageId: id, at: at(1), understanding: understood(verdict) });
        for (const [id, verdict] of [['m1', 'unsure'], ['m2', 'sure'], ['m3', 'out_of_scope']] as const) await add(id, verdict);
        const found = (await other.training.unclear(1000)).filter(({ conversationId }) => conversationId === `${name}-unclear`);
        expect(found).toEqual([{ conversationId: `${name}-unclear`, messageId: 'm3', at: at(1), understanding: understood('out_of_scope') }, { conversationId: `${name}-unclear`, messageId: 'm1', at: at(1), understanding: understood('unsure') }]);
        await records.forget(`${name}-unclear`);
        expect((await other.training.unclear(1000)).filter(({ conversationId }) => conversationId === `${name}-unclear`)).toEqual([]);
      });
    });

    describe('a talk at another helpdesk', () => {
      const talk = (id: string, more: Partial<DeskTalk> = {}): DeskTalk => ({ conversationId: `${name}-${id}`, ticket: 't', reference: null, state: 'open', seq: 0, mark: null, sending: null, attempts: 0, dueAt: null, ...more });

      test('is worked on by one owner at a time, until its lease has run out', async () => {
        expect(await records.deskTalks.take(talk('lease'), 'a', at(10), at(1))).toEqual(talk('lease'));
        expect(await other.deskTalks.take(talk('lease'), 'b', at(10), at(2))).toBeNull();
        expect(await records.deskTalks.put(talk('lease', { reference: `${name}-9`, seq: 4 }), 'a')).toBe(true);
        expect(await other.deskTalks.put(talk('lease', { seq: 5 }), 'b')).toBe(false);
        expect(await other.deskTalks.byReference(`${name}-9`)).toEqual(talk('lease', { reference: `${name}-9`, seq: 4 }));
        expect(await other.deskTalks.take(talk('lease'), 'b', at(20), at(11))).toMatchObject({ seq: 4 });
        expect(await records.deskTalks.put(talk('lease', { seq: 6 }), 'a')).toBe(false);
        await other.deskTalks.release(`${name}-lease`, 'b');
        expect(await records.deskTalks.take(talk('lease'), 'a', at(30), at(12))).toMatchObject({ seq: 4 });
      });

      test('is listed while it is open, and forgotten with its conversation', async () => {
        await records.deskTalks.take(talk('closed'), 'a', at(10), at(1));
        await records.deskTalks.take(talk('open'), 'a', at(10), at(1));
        await records.deskTalks.put(talk('closed', { state: 'closed' }), 'a');
        const open = async (): Promise<string[]> => (await other.deskTalks.open()).map(({ conversationId }) => conversationId).filter((id) => id.startsWith(name));
        expect(await open()).toContain(`${name}-open`);
        expect(await open()).not.toContain(`${name}-closed`);
        await records.forget(`${name}-open`);
        expect(await other.deskTalks.find(`${name}-open`)).toBeNull();
      });
    });

    describe('an agent', () => {
      const invite = (token: string, more: Partial<Invite> = {}): Invite => ({ tokenHash: token, role: 'admin', createdAt: at(0), expiresAt: at(1000), ...more });
      const agent = (id: string): Omit<Agent, 'role'> => ({ id, email: `${id}@Shop.example`, name: 'Ann', passwordHash: 'hash', createdAt: at(5) });

      test('is made by an invite, once and in time', async () => {
        const before = await records.agents.count();
        await records.agents.addInvite(invite('i1', { email: 'ann@shop.example' }));
        expect(await records.agents.findInvite('i1')).toEqual(invite('i1', { email: 'ann@shop.example' }));
        expect(await records.agents.createByInvite('i1', agent('late'), at(1000))).toBeNull();
        expect(await records.agents.createByInvite('unknown', agent('late'), at(5))).toBeNull();
        expect(await records.agents.createByInvite('i1', agent('ann'), at(5))).toEqual({ ...agent('ann'), role: 'admin' });
        expect(await other.agents.createByInvite('i1', agent('eve'), at(6))).toBeNull();
        expect((await records.agents.findInvite('i1'))?.usedAt).toBe(at(5));
        expect(await records.agents.count()).toBe(before + 1);
        expect(await records.agents.findInvite('unknown')).toBeNull();
      });

      test('is made once though many use the invite at the same moment', async () => {
        await records.agents.addInvite(invite('race', { role: 'agent' }));
        const made = await Promise.all(Array.from({ length: 8 }, (_, n) => (n % 2 === 0 ? records : other).agents.createByInvite('race', agent(`race${n}`), at(5))));
        expect(made.filter((one) => one !== null)).toHaveLength(1);
      });

      test('has an e-mail of their own, whatever its case, and a clash leaves the invite unused', async () => {
        await records.agents.addInvite(invite('i2', { role: 'agent' }));
        await records.agents.addInvite(invite('i3'));
        await records.agents.createByInvite('i2', agent('bob'), at(5));
        expect((await records.agents.findByEmail('BOB@shop.EXAMPLE'))?.id).toBe('bob');
        await expect(records.agents.createByInvite('i3', { ...agent('bob2'), email: 'bob@SHOP.example' }, at(6))).rejects.toMatchObject({ code: 'desk.invalid' });
        expect((await records.agents.findInvite('i3'))?.usedAt).toBeUndefined();
        expect(await records.agents.createByInvite('i3', agent('carol'), at(7))).toMatchObject({ id: 'carol' });
        expect(await records.agents.findByEmail('nobody@shop.example')).toBeNull();
        expect((await records.agents.list()).map((one) => one.id)).toEqual(expect.arrayContaining(['bob', 'carol']));
      });

      test('can be disabled and enabled again', async () => {
        await records.agents.addInvite(invite('i4'));
        await records.agents.createByInvite('i4', agent('dan'), at(5));
        await records.agents.setDisabled('dan', at(9));
        expect((await records.agents.find('dan'))?.disabledAt).toBe(at(9));
        await records.agents.setDisabled('dan', null);
        expect(await records.agents.find('dan')).toEqual({ ...agent('dan'), role: 'admin' });
        expect(await records.agents.find('nobody')).toBeNull();
      });

      test('has sessions that end, by time or at a word', async () => {
        await records.agents.addInvite(invite('i5'));
        await records.agents.createByInvite('i5', agent('eva'), at(5));
        for (const idHash of ['s1', 's2', 's3']) await records.agents.addSession({ idHash, agentId: 'eva', createdAt: at(0), expiresAt: at(100) });
        expect(await other.agents.findSession('s1', at(99))).toEqual({ idHash: 's1', agentId: 'eva', createdAt: at(0), expiresAt: at(100) });
        expect(await records.agents.findSession('s1', at(100))).toBeNull();
        await records.agents.endSession('s1');
        expect(await records.agents.findSession('s1', at(1))).toBeNull();
        expect(await records.agents.findSession('s2', at(1))).not.toBeNull();
        await records.agents.endSessionsOf('eva');
        expect(await records.agents.findSession('s2', at(1))).toBeNull();
      });
    });

    test('tries are counted since an instant and cleared', async () => {
      const key = fresh();
      for (const ms of [0, 10, 10, 20]) await records.attempts.note(key, at(ms));
      await records.attempts.note(`${key}x`, at(20));
      expect(await other.attempts.count(key, at(10))).toBe(3);
      expect(await records.attempts.count(key, at(21))).toBe(0);
      await records.attempts.clear(key);
      expect(await records.attempts.count(key, at(0))).toBe(0);
      expect(await records.attempts.count(`${key}x`, at(0))).toBe(1);
    });

    describe('a token', () => {
      test('gives its data to one caller, and to the same one again', async () => {
        const hash = fresh();
        await records.tokens.put(hash, 'link', { order: '#1', odd: ODD }, at(100));
        expect(await records.tokens.peek(hash, 'link', at(99))).toEqual({ order: '#1', odd: ODD });
        expect(await records.tokens.peek(hash, 'code', at(99))).toBeNull();
        expect(await records.tokens.consume(hash, 'code', at(50), 'm1')).toBeNull();
        const answers = await Promise.all(Array.from({ length: 10 }, (_, n) => (n % 2 === 0 ? records : other).tokens.consume(hash, 'link', at(50), `m${n}`)));
        expect(answers.filter((answer) => answer !== null)).toHaveLength(1);
        const winner = answers.findIndex((answer) => answer !== null);
        expect(await records.tokens.consume(hash, 'link', at(500), `m${winner}`)).toEqual({ order: '#1', odd: ODD });
        expect(await records.tokens.consume(hash, 'link', at(51), 'somebody else')).toBeNull();
        expect(await records.tokens.peek(hash, 'link', at(51))).toBeNull();
      });

      test('is worth nothing when its time is over', async () => {
        const hash = fresh();
        await records.tokens.put(hash, 'code', 1, at(100));
        expect(await records.tokens.peek(hash, 'code', at(100))).toBeNull();
        expect(await records.tokens.consume(hash, 'code', at(100), 'm1')).toBeNull();
      });
    });

    describe('a timer', () => {
      const timer = (id: string, n: number, ms: number): Timer => ({ id: `${id}/${n}`, conversationId: id, name: 'remind', dueAt: at(ms), data: { n, odd: ODD } });
      const due = async (node: Records, id: string, ms: number, limit = 100): Promise<Timer[]> =>
        (await node.timers.takeDue(at(ms), 1000, limit)).filter((one) => one.conversationId === id);

      test('that is due goes to one node, oldest first, and comes again if it was not done', async () => {
        const id = fresh();
        for (const [n, ms] of [[2, 20], [1, 10], [3, 30]] as const) await records.timers.set(timer(id, n, ms));
        expect([await other.timers.find(`${id}/2`), await records.timers.find(`${id}/none`)]).toEqual([timer(id, 2, 20), null]);
        expect(await due(records, id, 20)).toEqual([timer(id, 1, 10), timer(id, 2, 20)]);
        expect(await due(other, id, 29)).toEqual([]);
        await records.timers.done(`${id}/1`);
        expect((await due(other, id, 1020)).map((one) => one.data)).toEqual([{ n: 2, odd: ODD }, { n: 3, odd: ODD }]);
        for (const n of [2, 3]) await other.timers.done(`${id}/${n}`);
        expect(await due(records, id, 9000)).toEqual([]);
      });

      test('is taken once though all nodes look at the same moment', async () => {
        const id = fresh();
        await records.timers.set(...Array.from({ length: 39 }, (_, n) => timer(id, n, n + 100)));
        await records.timers.set(...Array.from({ length: 40 }, (_, n) => timer(id, n, n)));
        await records.timers.set();
        const taken = await Promise.all(Array.from({ length: 12 }, (_, n) => due(n % 2 === 0 ? records : other, id, 100, 7)));
        const ids = taken.flat().map((one) => one.id);
        expect(new Set(ids).size).toBe(ids.length);
        expect(ids.length + (await due(records, id, 100)).length).toBe(40);
        for (let n = 0; n < 40; n += 1) await records.timers.cancel(`${id}/${n}`);
      });

      test('set anew has its new time, even while the old one is being done', async () => {
        const id = fresh();
        await records.timers.set(timer(id, 1, 10));
        await due(records, id, 10);
        await records.timers.set(timer(id, 1, 50));
        await records.timers.done(`${id}/1`);
        expect(await due(records, id, 49)).toEqual([]);
        expect(await due(records, id, 50)).toHaveLength(1);
        await records.timers.cancel(`${id}/1`);
        expect(await due(records, id, 9000)).toEqual([]);
      });
    });

    describe('what is written down', () => {
      const receipt = (rule: string): Receipt => ({ rule, granted: true, inputs: { days: 3, price: { money: { amount: 5, currency: 'EUR' } } }, policyVersion: '1', at: at(0) } as Receipt);
      const line = (seq: number): Line => ({ id: `l${seq}`, seq, at: at(seq), from: 'bot', locale: 'en', text: `${ODD} ${seq}` });

      test('of notes, receipts, understandings and lines comes back in order, each once', async () => {
        const id = fresh();
        const note = (n: number) => ({ id: `${id}/${n}`, conversationId: id, at: at(n), agent: { id: 'ann', name: 'Ann' }, text: ODD });
        for (const n of [2, 1, 2]) await records.notes.add(note(n));
        expect(await records.notes.ofConversation(id)).toEqual([note(2), note(1)]);

        const rows = ['b', 'a'].map((rule) => ({ conversationId: id, turn: 't1', receipt: receipt(rule) }));
        await records.receipts.add(rows);
        await other.receipts.add(rows);
        await records.receipts.add([]);
        await records.receipts.add([{ conversationId: id, turn: 't2', receipt: receipt('b') }]);
        expect((await records.receipts.ofConversation(id)).map((row) => [row.turn, row.receipt])).toEqual([['t1', receipt('b')], ['t1', receipt('a')], ['t2', receipt('b')]]);

        await records.understandings.add({ conversationId: id, messageId: 'm2', at: at(0), understanding: { intent: 'x', odd: ODD } });
        await records.understandings.add({ conversationId: id, messageId: 'm1', at: at(1), understanding: null });
        await records.understandings.add({ conversationId: id, messageId: 'm2', at: at(2), understanding: 'later' });
        expect(await records.understandings.ofConversation(id)).toEqual([{ messageId: 'm2', understanding: { intent: 'x', odd: ODD } }, { messageId: 'm1', understanding: null }]);

        await records.transcripts.add(id, [line(2), line(1)]);
        await other.transcripts.add(id, [{ ...line(2), text: 'changed' }, line(3)]);
        await records.transcripts.add(id, []);
        expect(await records.transcripts.read(id)).toEqual([line(1), line(2), line(3)]);
      });

      test('[SH-10] receipts hang together: each holds a hash of the one before it, in their order', async () => {
        const id = fresh();
        await records.receipts.add(['a', 'b'].map((rule) => ({ conversationId: id, turn: 't1', receipt: receipt(rule) })));
        const before = await other.receipts.prove(id);
        await other.receipts.add([{ conversationId: id, turn: 't1', receipt: receipt('a') }, { conversationId: id, turn: 't2', receipt: receipt('a') }]);
        expect(before).toMatchObject({ rows: 2 });
        const proof = await records.receipts.prove(id);
        expect(proof).toMatchObject({ rows: 3 });
        expect([before.broken, proof.broken, proof.head === before.head]).toEqual([undefined, undefined, false]);
        expect(await records.receipts.conversations()).toContain(id);
      });

      test('of whole turns is kept together, each once, with a journal whose facts come back by their hashes', async () => {
        const [id, next] = [fresh(), fresh()];
        const hash = 'abcdefghijklmnopqrstuv';
        const kept = (conversationId: string, turn: number): Parameters<Records['keep']>[0][number] => ({
          conversationId, lines: [line(turn)], receipts: [{ turn: `t${turn}`, receipt: receipt('a') }], understandings: [{ messageId: `m${turn}`, at: at(0), understanding: { odd: ODD } }],
          turns: [{ turn, entry: JSON.stringify({ reads: [['x', hash]], odd: ODD }) }], facts: { [hash]: JSON.stringify(conversationId) }, sharedFacts: { ['s'.repeat(22)]: '"everybody\u2019s"' },
        });
        await records.keep([kept(id, 1), kept(next, 1)]);
        await other.keep([kept(id, 1), kept(id, 2)]);
        await records.keep([]);
        expect(await records.transcripts.read(id)).toEqual([line(1), line(2)]);
        expect([await records.transcripts.last(id), await records.transcripts.last(fresh())]).toEqual([2, 0]);
        expect((await records.receipts.ofConversation(id)).map((row) => row.turn)).toEqual(['t1', 't2']);
        expect(await records.understandings.ofConversation(id)).toHaveLength(2);
        const journal = await records.journal.ofConversation(id);
        expect(journal.turns).toEqual([1, 2].map((turn) => ({ turn, entry: JSON.stringify({ reads: [['x', hash]], odd: ODD }) })));
        expect(journal.facts[hash]).toBe(JSON.stringify(id));
        expect(await records.journal.conversations()).toEqual(expect.arrayContaining([id, next]));
        await records.forget(id);
        expect(await records.journal.ofConversation(id)).toMatchObject({ turns: [] });
        expect((await records.journal.ofConversation(next)).facts[hash]).toBe(JSON.stringify(next));
      });

      test('of a very long talk fits too', async () => {
        const id = fresh();
        const lines = Array.from({ length: 1500 }, (_, n) => line(n + 1));
        await records.transcripts.add(id, lines);
        expect(await records.transcripts.read(id)).toEqual(lines);
      });

      test('in the audit log is listed newest first', async () => {
        for (const n of [1, 2, 3]) await records.audit.add({ at: at(0), who: 'ann', what: 'looked', subject: `s${n}`, details: { n } });
        expect((await records.audit.list(2)).map((entry) => [entry.subject, entry.details])).toEqual([['s3', { n: 3 }], ['s2', { n: 2 }]]);
      });
    });

    describeReach(() => ({ records, other, fresh }));
    describeDeskRecords(() => ({ records, other, fresh }));
    describeHistory(() => records, fresh);

    test('a conversation is forgotten wholly but for the audit log, and no other with it', async () => {
      const [id, next] = [fresh(), fresh()];
      for (const one of [id, next]) {
        await records.actions.open({ key: `${one}/1`, conversationId: one, flow: 'f', request: null, openedAt: at(0) });
        await records.tickets.open({ id: `${one}/1`, conversationId: one, kind: 'enquiry', state: 'open', reason: 'r', brief: null, openedAt: at(0) });
        await records.cases.open(aCase(one, `${one}/c`), `${one}/1`, at(0));
        await records.notes.add({ id: `${one}/1`, conversationId: one, at: at(0), agent: { id: 'a', name: 'A' }, text: 't' });
        await records.timers.set({ id: `${one}/1`, conversationId: one, name: 'n', dueAt: at(5_000_000), data: null });
        await records.reach.see({ conversationId: one, customerId: `${one}/c`, channel: 'test', locale: 'en', seenAt: at(0) });
        await records.receipts.add([{ conversationId: one, turn: 't', receipt: { rule: 'r', granted: false, inputs: {}, policyVersion: '1', at: at(0) } }]);
        await records.understandings.add({ conversationId: one, messageId: 'm', at: at(0), understanding: null });
        await records.transcripts.add(one, [{ id: 'l', seq: 1, at: at(0), from: 'bot', locale: 'en', text: 't' }]);
      }
      await records.audit.add({ at: at(0), who: 'ann', what: 'erased', subject: id });
      await records.forget(id);
      const all = async (one: string): Promise<number[]> => [
        (await records.actions.ofConversation(one)).length, (await records.tickets.ofConversation(one)).length, (await records.notes.ofConversation(one)).length,
        (await records.receipts.ofConversation(one)).length, (await records.understandings.ofConversation(one)).length, (await records.transcripts.read(one)).length,
        (await records.cases.ofCustomer(`${one}/c`)).length, (await records.reach.of(`${one}/c`)).length,
      ];
      expect(await all(id)).toEqual([0, 0, 0, 0, 0, 0, 0, 0]);
      expect(await all(next)).toEqual([1, 2, 1, 1, 1, 1, 1, 1]);
      expect((await records.timers.takeDue(at(5_000_000), 1, 100)).map((timer) => timer.conversationId)).toEqual([next]);
      expect((await records.audit.list(1))[0]?.subject).toBe(id);
    });

    test('an instant that cannot be read is refused', async () => {
      await expect(records.attempts.note('key', 'yesterday')).rejects.toMatchObject({ code: 'input.invalid' });
    });
  });
}
