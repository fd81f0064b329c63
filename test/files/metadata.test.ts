import { crc32, deflateSync, inflateSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { isHarmfulPicture, pictureSize } from '../../src/domain/picture.js';
import { createMemoryFiles } from '../../src/files/memory.js';
import { withCleanPictures, withoutMetadata } from '../../src/files/metadata.js';

const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');
const crcOf = (bytes: Buffer): Buffer => {
  const out = Buffer.alloc(4);
  out.writeUInt32BE(crc32(bytes));
  return out;
};
const chunk = (name: string, data: Buffer): Buffer => {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  return Buffer.concat([length, body, crcOf(body)]);
};
function png(width: number, height: number, ...more: Buffer[]): Buffer {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width);
  head.writeUInt32BE(height, 4);
  head.set([8, 0, 0, 0, 0], 8);
  return Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), chunk('IHDR', head), ...more, chunk('IDAT', deflateSync(Buffer.from([0, 7]))), chunk('IEND', Buffer.alloc(0))]);
}
const segment = (marker: number, data: Buffer | string): Buffer => {
  const bytes = Buffer.from(data as string, 'latin1');
  return Buffer.concat([Buffer.from([0xff, marker, (bytes.length + 2) >> 8, (bytes.length + 2) & 255]), bytes]);
};
const exif = (orientation: number): Buffer => Buffer.from(`Exif\0\0II*\0\x08\0\0\0\x02\0\x12\x01\x03\0\x01\0\0\0${String.fromCharCode(orientation)}\0\0\0\x0f\x01\x02\0\x05\0\0\0GPS 52.5 13.4`, 'latin1');
/** A JPEG in its outer form: what the segments hold is all that matters here. */
const jpeg = (...more: Buffer[]): Buffer => Buffer.concat([
  Buffer.from([0xff, 0xd8]), segment(0xe0, 'JFIF\0\x01\x01\0\0\x01\0\x01\0\0'), ...more, segment(0xdb, 'q'.repeat(65)), segment(0xc0, Buffer.from([8, 0, 40, 0, 60, 1, 1, 0x11, 0])),
  segment(0xda, Buffer.from([1, 1, 0, 0, 63, 0])), Buffer.from([1, 2, 0xff, 0, 3, 0xff, 0xd3, 4]), segment(0xc4, Buffer.from([0xff, 0xd9, 0])), segment(0xda, Buffer.from([1, 1, 0, 0, 63, 0])), Buffer.from([9, 9, 0xff, 0xd9]),
]);
const riff = (...chunks: [string, Buffer][]): Buffer => {
  const body = Buffer.concat(chunks.flatMap(([name, data]) => {
    const head = Buffer.alloc(8);
    head.write(name, 'latin1');
    head.writeUInt32LE(data.length, 4);
    return [head, data, Buffer.alloc(data.length % 2)];
  }));
  const head = Buffer.from('RIFF\0\0\0\0WEBP', 'latin1');
  head.writeUInt32LE(body.length + 4, 4);
  return Buffer.concat([head, body]);
};
const tail = Buffer.from('<script>alert(1)</script>PK\x03\x04', 'latin1');

describe('a photo a customer sends', () => {
  test('is kept without place, device, words and previews, and without what hangs behind it', () => {
    const photo = jpeg(segment(0xe1, exif(1)), segment(0xe1, 'http://ns.adobe.com/xap/1.0/\0GPS'), segment(0xe2, 'ICC_PROFILE\0'), segment(0xed, 'Photoshop GPS'), segment(0xfe, 'GPS comment'));
    const clean = withoutMetadata(Buffer.concat([photo, tail]), 'image/jpeg');
    expect(text(clean)).not.toMatch(/GPS|Exif|adobe|script|PK/u);
    expect(text(clean)).toContain('ICC_PROFILE');
    expect(Buffer.from(clean)).toEqual(jpeg(segment(0xe2, 'ICC_PROFILE\0')));
    expect(pictureSize(clean, 'image/jpeg')).toEqual({ width: 60, height: 40 });
  });

  test('stays the right way up', () => {
    const clean = Buffer.from(withoutMetadata(jpeg(segment(0xe1, exif(6))), 'image/jpeg'));
    expect(text(clean)).not.toContain('GPS');
    // Read as any viewer reads it: big-endian, one entry, tag 0x0112, a short.
    const at = clean.indexOf('Exif') + 6;
    expect([clean.toString('latin1', at, at + 2), clean.readUInt16BE(at + 8), clean.readUInt16BE(at + 10), clean.readUInt16BE(at + 18)]).toEqual(['MM', 1, 0x0112, 6]);
    expect(Buffer.from(withoutMetadata(clean, 'image/jpeg'))).toEqual(clean);
    expect(pictureSize(clean, 'image/jpeg')).toEqual({ width: 60, height: 40 });
  });

  test('as a PNG or WebP loses the same', () => {
    const clean = withoutMetadata(Buffer.concat([png(3, 2, chunk('tEXt', Buffer.from('Author\0GPS')), chunk('eXIf', exif(1)), chunk('gAMA', Buffer.alloc(4))), tail]), 'image/png');
    expect(Buffer.from(clean)).toEqual(png(3, 2, chunk('gAMA', Buffer.alloc(4))));
    expect(inflateSync(deflateSync(Buffer.from([0, 7])))).toEqual(Buffer.from([0, 7]));
    const vp8x = Buffer.from([0x2c, 0, 0, 0, 9, 0, 0, 4, 0, 0]);
    const webp = withoutMetadata(Buffer.concat([riff(['VP8X', vp8x], ['VP8L', Buffer.from([0x2f, 1, 2])], ['EXIF', exif(1)], ['XMP ', Buffer.from('GPS')]), tail]), 'image/webp');
    expect(Buffer.from(webp)).toEqual(riff(['VP8X', Buffer.from([0x20, 0, 0, 0, 9, 0, 0, 4, 0, 0])], ['VP8L', Buffer.from([0x2f, 1, 2])]));
    expect(pictureSize(webp, 'image/webp')).toEqual({ width: 10, height: 5 });
  });

  test('is kept so whichever way it came; a label of ours is kept as it is', async () => {
    const files = withCleanPictures(createMemoryFiles());
    const about = { conversationId: 'web:1', name: 'a', at: '2026-06-17T09:00:00.000Z' };
    const kept = await files.put(Buffer.concat([png(1, 1), tail]), { ...about, type: 'image/png' });
    expect([kept.size, text((await files.get(kept.fileId))?.bytes ?? new Uint8Array())]).toEqual([png(1, 1).length, text(png(1, 1))]);
    const label = Buffer.from('%PDF-1.7 Exif GPS');
    expect((await files.put(label, { ...about, type: 'application/pdf' })).size).toBe(label.length);
  });

  test('that is torn, or no picture at all, breaks nothing', () => fc.assert(fc.property(
    fc.constantFrom('image/jpeg', 'image/png', 'image/webp', 'image/gif'), fc.oneof(fc.uint8Array({ maxLength: 300 }), fc.record({ of: fc.constantFrom(jpeg(segment(0xe1, exif(6))), png(2, 2, chunk('tEXt', Buffer.alloc(9))), riff(['VP8X', Buffer.alloc(10)], ['EXIF', exif(3)])), cut: fc.nat(400), at: fc.nat(200), with: fc.nat(255) })
      .map(({ of, cut, at, with: value }) => {
        const bytes = Uint8Array.from(of.subarray(0, cut));
        if (at < bytes.length) bytes[at] = value;
        return bytes;
      })),
    (type, bytes) => {
      expect(withoutMetadata(bytes, type).length).toBeLessThanOrEqual(bytes.length + 40);
      expect([true, false]).toContain(isHarmfulPicture(bytes, type));
    },
  ), { numRuns: 2_000 }));
});

describe('a picture made to fill the memory', () => {
  const frame = (height: number, width: number): Buffer => segment(0xc2, Buffer.from([8, height >> 8, height & 255, width >> 8, width & 255, 1, 1, 0x11, 0]));
  test.each([
    ['a PNG', png(30_000, 30_000), 'image/png'], ['a PNG of no height', png(7, 0), 'image/png'], ['a JPEG', Buffer.concat([Buffer.from([0xff, 0xd8]), frame(65_535, 65_535), Buffer.from([0xff, 0xd9])]), 'image/jpeg'],
    ['a GIF', Buffer.from('GIF89a\xff\xff\xff\xff\0\0\0', 'latin1'), 'image/gif'], ['a WebP', riff(['VP8X', Buffer.from([0, 0, 0, 0, 255, 255, 255, 255, 255, 255])], ['VP8L', Buffer.alloc(8)]), 'image/webp'],
    ['HTML that begins like a PNG', Buffer.from('\x89PNG\r\n\x1a\n<html><script>alert(1)</script>', 'latin1'), 'image/png'], ['a JPEG without a picture', Buffer.from([0xff, 0xd8, 0xff, 0xd9]), 'image/jpeg'],
  ])('%s is told by its header', (_name, bytes, type) => expect(isHarmfulPicture(bytes, type)).toBe(true));

  test.each([['a large photo', png(16_320, 12_240), 'image/png'], ['a small one', jpeg(), 'image/jpeg'], ['a GIF', Buffer.from('GIF89a\x10\0\x10\0\0\0\0', 'latin1'), 'image/gif'], ['a paper', Buffer.from('%PDF-'), 'application/pdf']])('%s is none', (_name, bytes, type) => expect(isHarmfulPicture(bytes, type)).toBe(false));
});
