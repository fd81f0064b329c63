import { describe, expect, test } from '@jest/globals';
import { jpeg, setStage, ways } from './support.js';

/** So long that it never ends within a test. */
const never = { timing: { albumMs: 3_600_000 } };

describe.each(ways)('albums, by %s', (way) => {
  test('pictures sent together are one message with its caption and all files in order', async () => {
    const stage = await setStage(way);
    await stage.start();
    const sent = stage.api.chat().sendsAlbum([{ bytes: jpeg(1) }, { bytes: jpeg(2) }, { bytes: Buffer.from('%PDF-1.7'), name: 'invoice.pdf' }], 'The lamp came broken');
    const [album] = await stage.inbox.until(1);
    await stage.api.idle();
    expect(album).toMatchObject({ id: `u${sent[0]?.updateId}`, text: 'The lamp came broken' });
    expect(album?.files?.map(({ name }) => name)).toEqual(['photo.jpg', 'photo.jpg', 'invoice.pdf']);
    const [first, second] = album?.files ?? [];
    expect(Buffer.from((await stage.files.get(first?.fileId ?? ''))?.bytes ?? [])).toEqual(jpeg(1));
    expect(Buffer.from((await stage.files.get(second?.fileId ?? ''))?.bytes ?? [])).toEqual(jpeg(2));
    expect(stage.inbox.accepted).toHaveLength(1);
    await stage.stop();
  });

  test('what is said after an album is accepted after it, without waiting', async () => {
    const stage = await setStage(way, never);
    await stage.start();
    const ana = stage.api.chat();
    ana.sendsAlbum([{ bytes: jpeg(1) }, { bytes: jpeg(2) }]);
    ana.sendsAlbum([{ bytes: jpeg(3) }, { bytes: jpeg(4) }]);
    ana.says('Do you see?');
    const messages = await stage.inbox.until(3);
    expect(messages.map(({ text, files }) => text ?? files?.length)).toEqual([2, 2, 'Do you see?']);
    await stage.stop();
  });

  test('albums of two customers do not mix', async () => {
    const stage = await setStage(way);
    await stage.start();
    for (const id of [1, 2]) stage.api.chat({ id }).sendsAlbum([{ bytes: jpeg(id) }, { bytes: jpeg(id) }], `of ${id}`);
    const messages = await stage.inbox.until(2);
    expect(new Set(messages.map(({ conversationId, text, files }) => `${conversationId} ${text} ${files?.length}`))).toEqual(new Set(['telegram:1 of 1 2', 'telegram:2 of 2 2']));
    await stage.stop();
  });

  test('an album that was confirmed but not yet accepted when the process died is accepted after the restart', async () => {
    const first = await setStage(way, never);
    await first.start();
    first.api.chat({ id: 31 }).sendsAlbum([{ bytes: jpeg(1) }, { bytes: jpeg(2) }, { bytes: jpeg(3) }], 'Broken');
    await first.api.idle();
    expect(first.inbox.accepted).toHaveLength(0);
    await first.channel.stop();
    await first.server?.close();

    first.clock.move(3 * 86_400_000);
    const second = await setStage(way, {}, first);
    await second.start();
    const [album] = await second.inbox.until(1);
    expect(album).toMatchObject({ conversationId: 'telegram:31', text: 'Broken', files: [{}, {}, {}] });
    await second.stop();

    const third = await setStage(way, {}, first);
    await third.start();
    first.api.chat({ id: 32 }).says('Hello');
    await third.inbox.until(2);
    expect(third.inbox.duplicates()).toBe(0);
    await third.stop();
    await first.stop();
  });

  test('an album of which the first part arrived before the process died, and the rest after, is still one message', async () => {
    const first = await setStage(way, never);
    await first.start();
    const ana = first.api.chat();
    ana.sendsAlbumPart('g1', { bytes: jpeg(1) }, 'Broken');
    await first.api.idle();
    await first.channel.stop();
    await first.server?.close();
    ana.sendsAlbumPart('g1', { bytes: jpeg(2) });
    const second = await setStage(way, { timing: { albumMs: 400 } }, first);
    await second.start();
    const [album] = await second.inbox.until(1);
    expect(album).toMatchObject({ text: 'Broken', files: [{}, {}] });
    await second.stop();
    await first.stop();
  });

  test('parts that Telegram delivers again are counted once', async () => {
    const stage = await setStage(way, never);
    await stage.start();
    const ana = stage.api.chat();
    const sent = ana.sendsAlbum([{ bytes: jpeg(1) }, { bytes: jpeg(2) }]);
    await stage.api.idle();
    for (const { updateId } of sent) stage.api.repeat(updateId);
    await stage.api.idle();
    ana.says('That was all');
    const [album] = await stage.inbox.until(2);
    for (const { updateId } of sent) stage.api.repeat(updateId);
    await stage.api.idle();
    expect(album?.files).toHaveLength(2);
    expect(stage.inbox.accepted).toHaveLength(2);
    await stage.stop();
  });

  test('a part that comes when its album is closed is a message of its own', async () => {
    const stage = await setStage(way);
    await stage.start();
    const ana = stage.api.chat();
    ana.sendsAlbumPart('g1', { bytes: jpeg(1) });
    await stage.inbox.until(1);
    ana.sendsAlbumPart('g1', { bytes: jpeg(2) });
    const messages = await stage.inbox.until(2);
    expect(messages.map(({ files }) => files?.length)).toEqual([1, 1]);
    await stage.stop();
  });

  test('while the inbox is away an album is kept and tried again', async () => {
    const stage = await setStage(way, { timing: { albumMs: 20 } });
    await stage.start();
    stage.inbox.fail(4);
    stage.api.chat().sendsAlbum([{ bytes: jpeg(1) }, { bytes: jpeg(2) }]);
    const [album] = await stage.inbox.until(1);
    expect(album?.files?.length).toBeGreaterThan(0);
    expect(stage.logged.join('')).toContain('an album could not be accepted');
    await stage.stop();
  });

  test('a picture that cannot be fetched at first holds its album together', async () => {
    const stage = await setStage(way, { timing: { albumMs: 400 } });
    await stage.start();
    stage.api.failNext('download', { status: 502 }, 1);
    stage.api.chat().sendsAlbum([{ bytes: jpeg(1) }, { bytes: jpeg(2) }]);
    const [album] = await stage.inbox.until(1);
    expect(album?.files).toHaveLength(2);
    await stage.stop();
  });
});
