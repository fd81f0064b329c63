import { describe, expect, test } from '@jest/globals';
import type { Records } from '../../src/ports/records.js';

const at = (second: number): string => new Date(Date.parse('2026-06-17T09:00:00.000Z') + second * 1000).toISOString();
const ann = { id: 'a-1', name: 'Ann' };

/** What every keeping of the desk's records must do; `open` gives the same records through another door, too. */
export function describeDeskRecords(open: () => { readonly records: Records; readonly other: Records; fresh(): string }): void {
  describe('what the desk keeps', () => {
    test('a label is put on once, whatever its letter case, taken off, counted, and found', async () => {
      const { records, other, fresh } = open();
      const [one, two] = [fresh(), fresh()];
      const label = `Späte Sendung ${one}`;
      await records.desk.labels.add({ conversationId: one, label, by: ann, at: at(1) });
      await other.desk.labels.add({ conversationId: one, label: label.toUpperCase(), by: ann, at: at(2) });
      await other.desk.labels.add({ conversationId: two, label, by: ann, at: at(3) });
      expect(await records.desk.labels.ofConversation(one)).toEqual([label]);
      expect((await records.desk.labels.all()).filter((row) => row.label === label)).toEqual([{ label, count: 2 }]);
      expect(await other.desk.labels.conversationsWith(label.toLowerCase(), 10)).toEqual([two, one]);
      await records.desk.labels.remove(two, label.toLowerCase());
      expect(await records.desk.labels.conversationsWith(label, 10)).toEqual([one]);
    });

    test('a mention is one for each note and agent, and is seen with its conversation', async () => {
      const { records, other, fresh } = open();
      const id = fresh();
      const agentId = `ben-${id}`;
      const mention = { noteId: `n-${id}`, agentId, conversationId: id, at: at(1), by: ann, text: '@Ben look' };
      await records.desk.mentions.add(mention);
      await other.desk.mentions.add({ ...mention, text: 'again' });
      expect(await other.desk.mentions.of(agentId, 10)).toEqual([mention]);
      expect(await records.desk.mentions.unseen(agentId)).toBe(1);
      await records.desk.mentions.see(agentId, id, at(2));
      expect(await other.desk.mentions.unseen(agentId)).toBe(0);
      expect(await other.desk.mentions.of(agentId, 10)).toEqual([{ ...mention, seenAt: at(2) }]);
    });

    test('a saved reply is put, replaced and removed', async () => {
      const { records, other, fresh } = open();
      const reply = { id: fresh(), title: 'Thanks', texts: { en: 'Thank you, {{customer.name}}.' }, inputs: [], after: { labels: ['Done'] }, by: ann, at: at(1) };
      await records.desk.replies.put(reply);
      await other.desk.replies.put({ ...reply, title: 'Thank you' });
      expect(await records.desk.replies.find(reply.id)).toEqual({ ...reply, title: 'Thank you' });
      await records.desk.replies.remove(reply.id);
      expect(await other.desk.replies.find(reply.id)).toBeNull();
    });

    test('a held line is taken back or taken to be sent, never both, and given out again where whoever took it has gone', async () => {
      const { records, other, fresh } = open();
      const id = fresh();
      const line = (n: number) => ({ id: `${id}.${n}`, conversationId: id, agentId: 'a-1', dueAt: at(5), line: { text: `line ${n}` } });
      for (const n of [1, 2, 3]) await records.desk.held.add(line(n));
      expect(await other.desk.held.ofConversation(id)).toHaveLength(3);
      expect(await records.desk.held.take(`${id}.1`, at(4), 1000)).toBeNull();
      const [taken, again, isBack] = await Promise.all([records.desk.held.take(`${id}.1`, at(6), 30_000), other.desk.held.take(`${id}.1`, at(6), 30_000), records.desk.held.withdraw(`${id}.2`)]);
      expect([taken, again].filter((one) => one !== null)).toEqual([line(1)]);
      expect(isBack).toBe(true);
      expect(await other.desk.held.withdraw(`${id}.1`)).toBe(false);
      expect(await other.desk.held.take(`${id}.2`, at(9), 1000)).toBeNull();
      expect(await other.desk.held.take(`${id}.3`, at(1), 30_000, true)).toEqual(line(3));
      expect((await records.desk.held.due(at(7), 1000)).filter((one) => one.startsWith(id))).toEqual([]);
      expect((await records.desk.held.due(at(40), 1000)).filter((one) => one.startsWith(id)).sort()).toEqual([`${id}.1`, `${id}.3`]);
      await records.desk.held.done(`${id}.1`);
      await records.forget(id);
      expect(await other.desk.held.ofConversation(id)).toEqual([]);
    });

    test('words are found in what was said, in any letter case and script, also with signs that mean something to a search', async () => {
      const { records, other, fresh } = open();
      const id = fresh();
      const say = (seq: number, text: string) => ({ id: `${id}.${seq}`, seq, at: at(seq), from: 'customer' as const, locale: 'ru', text });
      await records.transcripts.add(id, [say(1, 'Где мой Заказ?'), say(2, '50% off_"quoted"'), say(3, 'Straße')]);
      const found = async (words: string) => (await other.transcripts.search(words, 100)).filter(({ conversationId }) => conversationId === id).map(({ line }) => line.seq);
      expect([await found('заказ'), await found('50% OFF_"'), await found('straße'), await found('50_ off'), await found('customer')]).toEqual([[1], [2], [3], [], []]);
      const note = (n: number, text: string) => ({ id: `${id}/${n}`, conversationId: id, at: at(n), agent: { id: 'ann', name: 'Ann' }, text });
      for (const [n, text] of ['Спросить Почту', '50% off_"quoted"', 'спросить ещё раз'].entries()) await records.notes.add(note(n, text));
      const noted = async (words: string) => (await other.notes.search(words, 100)).filter(({ conversationId }) => conversationId === id).map(({ id: one }) => one);
      expect([await noted('СПРОСИТЬ'), await noted('OFF_"q'), await noted('50_ off'), await noted('Ann')]).toEqual([[`${id}/2`, `${id}/0`], [`${id}/1`], [], []]);
      await records.forget(id);
      expect(await noted('спросить')).toEqual([]);
    });
  });
}
