import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { createDiskFiles } from '../../src/files/disk.js';
import { describeFileStore } from './contract.js';

const folders: string[] = [];
const newFolder = async () => {
  const folder = await mkdtemp(join(tmpdir(), 'aftercare-files-'));
  folders.push(folder);
  return folder;
};
afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true }))));

const about = { conversationId: 'web:1', name: 'label.pdf', type: 'application/pdf', at: '2026-03-02T09:30:00.000Z' };

describeFileStore('files on disk', async () => createDiskFiles(join(await newFolder(), 'made', 'on demand')));

test('another node on the same folder serves the customer’s file', async () => {
  const folder = await newFolder();
  const { fileId } = await createDiskFiles(folder).put(Uint8Array.of(1, 2), about);
  expect((await createDiskFiles(folder).get(fileId))?.bytes).toEqual(Uint8Array.of(1, 2));
});

test('two files at most are left for a file, however many nodes put it at once', async () => {
  const folder = await newFolder();
  await Promise.all(Array.from({ length: 8 }, (_, index) => createDiskFiles(folder).put(Uint8Array.of(index), { ...about, fileId: 'one' })));
  expect(await readdir(folder)).toHaveLength(2);
});

test('a file whose bytes are gone or cut short is reported, not served', async () => {
  const folder = await newFolder();
  const files = createDiskFiles(folder);
  await files.put(Uint8Array.of(1, 2, 3), { ...about, fileId: 'hurt' });
  const bytesName = (await readdir(folder)).find((name) => name.endsWith('.bytes')) ?? '';
  await writeFile(join(folder, bytesName), Uint8Array.of(1));
  await expect(files.get('hurt')).rejects.toMatchObject({ code: 'store.corrupt' });
  await rm(join(folder, bytesName));
  await expect(files.get('hurt')).rejects.toMatchObject({ code: 'store.corrupt' });
});

test('a sidecar that is no JSON, or points out of the folder, is reported', async () => {
  const folder = await newFolder();
  const files = createDiskFiles(folder);
  await writeFile(join(folder, 'torn.json'), '{"fileId":');
  await writeFile(join(folder, 'sly.json'), JSON.stringify({ ...about, fileId: 'sly', size: 1, bytes: '../../etc/passwd' }));
  await expect(files.get('torn')).rejects.toMatchObject({ code: 'store.corrupt' });
  await expect(files.get('sly')).rejects.toMatchObject({ code: 'store.corrupt' });
});

test('a folder that cannot be made says so, and that trying again may help', async () => {
  const folder = await newFolder();
  await writeFile(join(folder, 'in-the-way'), '');
  await expect(createDiskFiles(join(folder, 'in-the-way', 'files')).put(Uint8Array.of(1), about)).rejects.toMatchObject({ code: 'store.unreachable', mayHelpAgain: true });
});
