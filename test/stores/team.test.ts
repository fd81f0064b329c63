import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Records } from '../../src/ports/records.js';
import { createMemoryRecords } from '../../src/stores/memory-records.js';
import { createSqlRecords } from '../../src/stores/sql-records.js';
import { openSqlite } from '../../src/stores/sqlite.js';

const at = (minute: number): string => `2026-06-17T09:${String(minute).padStart(2, '0')}:00.000Z`;
const [pia, quy] = [{ id: 'pia', name: 'Pia' }, { id: 'quy', name: 'Quy' }];

describe.each(['memory', 'SQLite'] as const)('what is kept of people and hand-overs, in %s', (kind) => {
  let records: Records;
  let end = async (): Promise<void> => undefined;
  beforeAll(async () => {
    if (kind === 'memory') {
      records = createMemoryRecords();
      return;
    }
    const opened = openSqlite(':memory:');
    records = await createSqlRecords(opened.db, 'sqlite');
    end = opened.close;
  });
  afterAll(async () => end());

  test('skills are what was set last; presence keeps what somebody set when their desk opens and closes', async () => {
    const { team } = records;
    await team.setSkills('pia', { languages: ['es'], departments: [], capacity: 2 });
    await team.setSkills('pia', { languages: ['es', 'pt'], departments: ['returns'] });
    expect(await team.skills()).toEqual({ pia: { languages: ['es', 'pt'], departments: ['returns'] } });
    await team.seen('pia', true, at(1));
    expect(await team.sightings()).toEqual({ pia: { wish: 'online', wishAt: at(1), isHere: true, seenAt: at(1) } });
    await team.wish('pia', 'away', at(2));
    await team.wish('pia', 'away', at(3));
    await team.seen('pia', false, at(4));
    expect((await team.sightings())['pia']).toEqual({ wish: 'away', wishAt: at(2), isHere: false, seenAt: at(4) });
  });

  test('a hand-over keeps what happened first, waits again when its person has gone, and nothing changes it after its end', async () => {
    const { handOvers } = records;
    const opened = { ticket: 't1', conversationId: 'web:a', channel: 'web', locale: 'es', reason: 'asked', intent: 'order_status', department: 'orders', openedAt: at(0) };
    await handOvers.opened(opened);
    await handOvers.opened({ ...opened, reason: 'anger', openedAt: at(5) });
    await handOvers.assigned('t1', pia, at(1));
    expect(await handOvers.open()).toEqual([{ ...opened, waitingSince: at(0), assigned: { ...pia, at: at(1) } }]);
    await handOvers.joined('t1', pia, at(2));
    await handOvers.answered('t1', at(3));
    await handOvers.answered('t1', at(4));
    expect(await handOvers.find('t1')).toEqual({ ...opened, joinedAt: at(2), agent: pia, firstAnswerAt: at(3) });
    await handOvers.released('t1', at(6));
    await handOvers.released('t1', at(7));
    expect(await handOvers.find('t1')).toEqual({ ...opened, joinedAt: at(2), firstAnswerAt: at(3), waitingSince: at(6) });
    await handOvers.joined('t1', quy, at(8));
    await handOvers.ended('t1', 'closed', at(9));
    await handOvers.joined('t1', pia, at(10));
    const end_ = { ...opened, joinedAt: at(2), firstAnswerAt: at(3), agent: quy, endedAt: at(9), endedHow: 'closed' };
    expect([await handOvers.find('t1'), await handOvers.open(), await handOvers.since(at(0), 5), await handOvers.since(at(1), 5)]).toEqual([end_, [], [end_], []]);
    await handOvers.reopened('t1', true);
    expect((await handOvers.open()).map(({ waitingSince }) => waitingSince)).toEqual([at(0)]);
    await records.forget('web:a');
    expect(await handOvers.find('t1')).toBeNull();
  });

  test('an approval is decided once, and stands with those open on top', async () => {
    const { approvals } = records;
    const asked = { id: 'a1', conversationId: 'web:b', kind: 'refund', request: { case: 'CS-1', amount: 900 }, note: 'loyal', askedBy: pia, askedAt: at(0) } as const;
    expect(await approvals.ask(asked)).toEqual({ ...asked, state: 'open' });
    expect(await approvals.ask({ ...asked, note: 'again' })).toEqual({ ...asked, state: 'open' });
    await approvals.ask({ ...asked, id: 'a2', askedAt: at(1) });
    const decided = await Promise.all(['approved', 'declined'].map((state) => approvals.decide('a1', { state: state as 'approved', by: quy, at: at(2), answer: 'yes' })));
    expect(decided.filter((one) => one !== null)).toHaveLength(1);
    await approvals.done('a1', at(3));
    await approvals.done('a1', at(4));
    expect((await approvals.list(10)).map(({ id, state, doneAt }) => [id, state, doneAt])).toEqual([['a2', 'open', undefined], ['a1', decided[0] ? 'approved' : 'declined', at(3)]]);
    expect(await approvals.decide('none', { state: 'approved', by: quy, at: at(2), answer: '' })).toBeNull();
    expect(await approvals.ofConversation('web:b')).toHaveLength(2);
  });
});
