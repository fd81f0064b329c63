import { createHash } from 'node:crypto';
import { deflateSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import { withoutMetadata } from '../../src/files/image-metadata.js';
import { createMemoryFiles } from '../../src/files/memory.js';
import { withProof } from '../../src/files/proven.js';

const SECRET = 'N 52.5200 E 13.4050 Canon EOS';
const bytes = (...parts: (string | number[] | Buffer)[]) => Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : Buffer.from(part))));
const segment = (marker: number, body: Buffer) => bytes([0xff, marker, (body.length + 2) >> 8, (body.length + 2) & 255], body);
const exif = (orientation: number) => segment(0xe1, bytes('Exif\0\0', 'II*\0', [8, 0, 0, 0], [1, 0], [0x12, 1, 3, 0, 1, 0, 0, 0, orientation, 0, 0, 0], [0, 0, 0, 0], SECRET));
const jpeg = (...segments: Buffer[]) => bytes([0xff, 0xd8], ...segments, segment(0xdb, Buffer.alloc(8, 1)), segment(0xda, Buffer.alloc(6)), [1, 2, 3, 0xff, 0xd9]);
const chunk = (kind: string, body: Buffer) => {
  const size = Buffer.alloc(4);
  size.writeUInt32BE(body.length);
  return bytes(size, kind, body, [0, 0, 0, 0]);
};
const png = (...chunks: Buffer[]) => bytes('\x89PNG\r\n\x1a\n', chunk('IHDR', Buffer.alloc(13, 1)), ...chunks, chunk('IDAT', deflateSync(Buffer.alloc(4))), chunk('IEND', Buffer.alloc(0)));
const riff = (kind: string, body: Buffer) => {
  const size = Buffer.alloc(4);
  size.writeUInt32LE(body.length);
  return bytes(kind, size, body, body.length % 2 === 1 ? [0] : []);
};
const webp = (flags: number, ...chunks: Buffer[]) => {
  const body = bytes('WEBP', riff('VP8X', Buffer.from([flags, 0, 0, 0, 0, 0, 0, 0, 0, 0])), riff('VP8 ', Buffer.alloc(5, 7)), ...chunks);
  return riff('RIFF', body);
};
const gif = (...blocks: Buffer[]) => bytes('GIF89a', [1, 0, 1, 0, 0x80, 0, 0], Buffer.alloc(6), ...blocks, [0x2c, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 1, 1, 0], [0x3b]);
const block = (label: number, ...subs: string[]) => bytes([0x21, label], ...subs.flatMap((sub) => [[sub.length], sub]), [0]);

const pictures: readonly (readonly [string, Buffer, Buffer])[] = [
  ['image/jpeg', jpeg(segment(0xe0, Buffer.from('JFIF\0')), exif(1), segment(0xe1, Buffer.from(`http://ns.adobe.com/xap/1.0/\0${SECRET}`)), segment(0xfe, Buffer.from(SECRET)), segment(0xe2, Buffer.from('ICC_PROFILE\0\x01\x01p'))), jpeg(segment(0xe0, Buffer.from('JFIF\0')), segment(0xe2, Buffer.from('ICC_PROFILE\0\x01\x01p')))],
  ['image/png', bytes(png(chunk('tEXt', Buffer.from(SECRET)), chunk('eXIf', Buffer.from(SECRET)), chunk('iTXt', Buffer.from(SECRET)), chunk('gAMA', Buffer.alloc(4, 2))), SECRET), png(chunk('gAMA', Buffer.alloc(4, 2)))],
  ['image/webp', webp(0b0001_1100, riff('EXIF', Buffer.from(SECRET)), riff('XMP ', Buffer.from(SECRET))), webp(0b0001_0000)],
  ['image/gif', gif(block(0xfe, SECRET), block(0xff, 'XMP DataXMP', SECRET), block(0xff, 'NETSCAPE2.0', 'abc')), gif(block(0xff, 'NETSCAPE2.0', 'abc'))],
];

describe('what a camera wrote beside a picture', () => {
  test.each(pictures)('is taken out of %s, and nothing else', (type, given, left) => {
    const clean = withoutMetadata(given, type);
    expect(Buffer.from(clean).equals(left)).toBe(true);
    expect(Buffer.from(clean).includes('Canon')).toBe(false);
    expect(Buffer.from(withoutMetadata(clean, type)).equals(left)).toBe(true);
  });
  test('leaves which way up the picture is', () => {
    const clean = Buffer.from(withoutMetadata(jpeg(exif(6)), 'image/jpeg'));
    expect(clean.includes('Canon')).toBe(false);
    expect(clean.subarray(2, 38).toString('hex')).toBe('ffe100224578696600004d4d002a00000008000101120003000000010006000000000000');
  });
  test('is left in what is cut off, or is no picture', () => {
    for (const [type, given] of pictures) for (const end of [0, 1, 9, 14, 30]) expect(() => withoutMetadata(given.subarray(0, end), type)).not.toThrow();
    const pdf = Buffer.from('%PDF-1.7 /Author (somebody)');
    expect(withoutMetadata(pdf, 'application/pdf')).toBe(pdf);
  });
});

test('a fingerprint is of the bytes as received, another of those kept: the same picture with other details is the same', async () => {
  const files = withProof(createMemoryFiles());
  const put = (given: Buffer) => files.put(given, { conversationId: 'c', name: 'a.jpg', type: 'image/jpeg', at: '2026-06-17T09:00:00.000Z' });
  const [one, two] = [jpeg(exif(1)), jpeg(segment(0xfe, Buffer.from('another phone')))];
  const [first, second] = [await put(one), await put(two)];
  expect(first.sha256).toBe(createHash('sha256').update(one).digest('hex'));
  expect(first.sha256).not.toBe(second.sha256);
  expect(first.kept).toBe(second.kept);
  expect((await files.get(first.fileId))?.file.size).toBe(jpeg().length);
});
