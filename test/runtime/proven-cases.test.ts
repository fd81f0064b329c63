import { describe, expect, test } from '@jest/globals';
import { createMemoryFiles } from '../../src/files/memory.js';
import { withProof } from '../../src/files/proven.js';
import { signalsOf } from '../../src/domain/signals.js';
import { readPolicy } from '../../src/policy/read-policy.js';
import { provenCases } from '../../src/runtime/proven-cases.js';
import { createMemoryRecords } from '../../src/stores/memory-records.js';

const at = '2026-06-17T09:00:00.000Z';
const segment = (marker: number, data: Buffer): Buffer => {
  const head = Buffer.from([0xff, marker, 0, 0]);
  head.writeUInt16BE(data.length + 2, 2);
  return Buffer.concat([head, data]);
};
/** One and the same picture, with whatever the camera or a program wrote beside it. */
const photo = (...beside: Buffer[]): Buffer => Buffer.concat([
  Buffer.from([0xff, 0xd8]), ...beside, segment(0xdb, Buffer.alloc(65, 1)), segment(0xc0, Buffer.from([8, 0, 40, 0, 60, 1, 1, 0x11, 0])), segment(0xda, Buffer.from([1, 1, 0, 0, 63, 0])), Buffer.from([1, 2, 3, 4, 0xff, 0xd9]),
]);

describe('a picture shown with a claim', () => {
  test('lies in the locker with its fingerprint, and is flagged when it was shown before, in another kind of claim, by somebody else, with other notes of a camera', async () => {
    const records = createMemoryRecords();
    const files = withProof(createMemoryFiles());
    const cases = provenCases(records.cases, files);
    const about = { name: 'a.jpg', type: 'image/jpeg', at };
    await files.put(photo(segment(0xe1, Buffer.from('Exif\0\0Anna’s phone'))), { ...about, fileId: 'f1', conversationId: 'web:1' });
    await files.put(photo(segment(0xfe, Buffer.from('edited by a program'))), { ...about, fileId: 'f2', conversationId: 'web:2' });
    await files.put(Buffer.concat([photo().subarray(0, -6), Buffer.from([9, 9, 9, 9, 0xff, 0xd9])]), { ...about, fileId: 'f3', conversationId: 'web:2' });
    const claim = { owner: 'returns_desk', dueAt: at, customerId: 'c-1', orderNumber: 'AC-1' } as const;
    const first = await cases.open({ ...claim, kind: 'transport_damage', conversationId: 'web:1', details: { photos: ['f1'] } }, 'k1', at);
    const second = await cases.open({ ...claim, kind: 'refund', conversationId: 'web:2', customerId: 'c-2', orderNumber: 'AC-2', details: { photos: ['f2', 'f3'] } }, 'k2', at);
    await cases.open({ ...claim, kind: 'refund', conversationId: 'web:2', customerId: 'c-2', orderNumber: 'AC-2', details: { photos: ['f2', 'f3'] } }, 'k2', at);
    const [shown, ...more] = await records.cases.entries(second.number);
    expect(more).toEqual([]);
    expect(shown).toMatchObject({ what: 'evidence', by: 'customer', files: [{ fileId: 'f2', sha256: expect.stringMatching(/^[0-9a-f]{64}$/u), usedIn: [first.number] }, { fileId: 'f3' }] });
    expect(shown?.files?.[1]?.usedIn).toBeUndefined();
    const [before] = await records.cases.entries(first.number);
    expect(before?.files?.[0]).not.toHaveProperty('usedIn');
    expect(before?.files?.[0]?.sha256).not.toBe(shown?.files?.[0]?.sha256);
    // People are told why; nothing is decided by it.
    expect(signalsOf({ messages: [], orders: [], cases: [], entries: await records.cases.entries(second.number) }, readPolicy(undefined), at)).toEqual([{ signal: 'used_picture', reasons: [{ why: 'same_picture', about: `f2: ${first.number}` }] }]);
  });
});
