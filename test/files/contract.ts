import { beforeEach, describe, expect, test } from '@jest/globals';
import type { FileShelf } from '../../src/ports/file-store.js';

const about = { conversationId: 'web:1', name: 'étiquette 退货.pdf', type: 'application/pdf', at: '2026-03-02T09:30:00.000Z' };
const bytes = (...values: number[]) => Uint8Array.from(values);

/** What every file store promises. */
export function describeFileStore(name: string, open: () => Promise<FileShelf>): void {
  describe(name, () => {
    let files: FileShelf;
    beforeEach(async () => {
      files = await open();
    });

    test('a customer gets back the very bytes that were kept, with what is known of them', async () => {
      const file = await files.put(bytes(0, 255, 13, 10), about);
      expect(file).toEqual({ ...about, fileId: file.fileId, size: 4 });
      expect(await files.get(file.fileId)).toEqual({ file, bytes: bytes(0, 255, 13, 10) });
    });

    test('an empty file is a file', async () => {
      const { fileId } = await files.put(bytes(), about);
      expect((await files.get(fileId))?.bytes.byteLength).toBe(0);
    });

    test('nobody can guess the id of a customer’s file', async () => {
      const ids = new Set<string>();
      for (let count = 0; count < 50; count++) ids.add((await files.put(bytes(count), about)).fileId);
      expect(ids.size).toBe(50);
      for (const id of ids) expect(id).toMatch(/^[0-9a-f]{32,}$/u);
    });

    test('a file that nobody put is not there', async () => {
      expect(await files.get('f00d')).toBeNull();
    });

    test('a label made twice under one id keeps the first bytes', async () => {
      const first = await files.put(bytes(1, 2, 3), { ...about, fileId: 'label-7K2M9Q.en' });
      const second = await files.put(bytes(9), { ...about, name: 'other.pdf', fileId: 'label-7K2M9Q.en' });
      expect(second).toEqual(first);
      expect(await files.get('label-7K2M9Q.en')).toEqual({ file: first, bytes: bytes(1, 2, 3) });
    });

    test('of many who put one id at once, all are told of the same file', async () => {
      const told = await Promise.all(Array.from({ length: 12 }, (_, index) => files.put(bytes(...Array<number>(index + 1).fill(index)), { ...about, fileId: 'race' })));
      const kept = await files.get('race');
      for (const file of told) expect(file).toEqual(kept?.file);
      expect(kept?.bytes.byteLength).toBe(kept?.file.size);
      expect(new Set(kept?.bytes)).toEqual(new Set([(kept?.file.size ?? 0) - 1]));
    });

    test('changing the bytes afterwards does not change what is kept', async () => {
      const mine = bytes(1, 2, 3);
      const { fileId } = await files.put(mine, about);
      mine.fill(7);
      (await files.get(fileId))?.bytes.fill(8);
      expect((await files.get(fileId))?.bytes).toEqual(bytes(1, 2, 3));
    });

    test('the files of conversations are found and can be taken away; the others stay', async () => {
      expect(await files.ofConversations(new Set(['web:1']))).toEqual([]);
      const [mine, again, other] = [await files.put(bytes(1), about), await files.put(bytes(2), about), await files.put(bytes(3), { ...about, conversationId: 'web:2' })];
      const found = await files.ofConversations(new Set(['web:1', 'web:3']));
      expect(found.map(({ fileId }) => fileId).toSorted()).toEqual([mine.fileId, again.fileId].toSorted());
      for (const { fileId } of found) await files.remove(fileId);
      await files.remove(mine.fileId);
      await files.remove('../secret');
      expect(await files.ofConversations(new Set(['web:1']))).toEqual([]);
      expect([await files.get(mine.fileId), (await files.get(other.fileId))?.bytes]).toEqual([null, bytes(3)]);
    });

    test.each(['../secret', '..', '.hidden', 'a/b', 'a\\b', '', 'a\u0000b', 'C:x', 'é', 'x'.repeat(121), 'a\n'])('the id %j leads nowhere', async (fileId) => {
      await expect(files.put(bytes(1), { ...about, fileId })).rejects.toMatchObject({ code: 'input.invalid' });
      expect(await files.get(fileId)).toBeNull();
    });
  });
}
