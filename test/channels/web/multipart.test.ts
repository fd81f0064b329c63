import { Readable } from 'node:stream';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { fileTypeOf, safeFileName } from '../../../src/domain/file-types.js';
import { boundaryOf, parseDisposition, parseMultipart, readBounded } from '../../../src/channels/web/multipart.js';
import { multipart, png } from './support.js';

describe('a multipart body', () => {
  test('comes apart into the very bytes that went in', () => {
    const bytes = fc.uint8Array({ maxLength: 300 }).filter((one) => !Buffer.from(one).includes('--XBOUNDARYX'));
    fc.assert(fc.property(fc.array(bytes, { minLength: 1, maxLength: 10 }), (files) => {
      const { raw } = multipart(files.map((one, index) => ({ name: 'file', fileName: `${index}.png`, type: 'image/png', bytes: one })));
      const parts = parseMultipart(raw, 'XBOUNDARYX', 11);
      expect(parts.map((part) => [part.fileName, part.type, [...part.bytes]])).toEqual(files.map((one, index) => [`${index}.png`, 'image/png', [...one]]));
    }));
  });

  test('written by the platform itself is read too', async () => {
    const form = new FormData();
    form.append('activity', new Blob(['{"type":"message"}'], { type: 'application/vnd.microsoft.activity' }));
    form.append('file', new Blob([png], { type: 'image/png' }), 'größe "1".png');
    const response = new Response(form);
    const parts = parseMultipart(Buffer.from(await response.arrayBuffer()), boundaryOf(response.headers.get('content-type') ?? ''), 11);
    expect(parts.map(({ name, fileName, type }) => ({ name, fileName, type }))).toEqual([
      { name: 'activity', fileName: 'blob', type: 'application/vnd.microsoft.activity' }, { name: 'file', fileName: 'größe "1".png', type: 'image/png' },
    ]);
    expect(parts[1]?.bytes).toEqual(png);
  });

  test('cut off or changed anywhere is refused or read, never anything else', () => {
    const { raw } = multipart([{ name: 'activity', type: 'application/json', bytes: '{}' }, { name: 'file', fileName: 'x.png', bytes: png }]);
    const refusedOrRead = (body: Buffer) => {
      try {
        expect(parseMultipart(body, 'XBOUNDARYX', 11).length).toBeLessThanOrEqual(11);
      } catch (error) {
        expect(error).toMatchObject({ statusCode: 400 });
      }
    };
    for (let end = 0; end < raw.length - 4; end += 1) expect(() => parseMultipart(raw.subarray(0, end), 'XBOUNDARYX', 11)).toThrow(expect.objectContaining({ statusCode: 400 }));
    fc.assert(fc.property(fc.nat(raw.length - 1), fc.nat(255), (at, byte) => {
      const changed = Buffer.from(raw);
      changed[at] = byte;
      refusedOrRead(changed);
    }));
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (junk) => refusedOrRead(Buffer.concat([Buffer.from('--XBOUNDARYX'), junk]))));
  });

  test('is never held beyond its limit', async () => {
    const chunk = Buffer.alloc(1_000);
    let given = 0;
    const endless = new Readable({
      read() {
        given += 1;
        this.push(chunk);
      },
    });
    await expect(readBounded(endless, 10_000)).rejects.toMatchObject({ statusCode: 413 });
    expect(given).toBeLessThan(100);
    expect((await readBounded(Readable.from([chunk]), 1_000)).length).toBe(1_000);
  });

  test('names its file in any of the ways there are', () => {
    expect(parseDisposition('form-data; name="file"; filename="a\\"b.png"')).toEqual({ name: 'file', fileName: 'a"b.png' });
    expect(parseDisposition("form-data; name=file; filename=a.png; filename*=UTF-8''%C3%BC.png")).toEqual({ name: 'file', fileName: 'ü.png' });
    expect(parseDisposition("form-data; name=file; filename=a.png; filename*=UTF-8''%ZZ")).toEqual({ name: 'file', fileName: 'a.png' });
    expect(parseDisposition('form-data')).toEqual({});
  });
});

test.each([
  ['image/png', png], ['image/jpeg', Buffer.from([0xff, 0xd8, 0xff, 0xe0])], ['image/gif', 'GIF89a'], ['image/webp', 'RIFF\x10\0\0\0WEBPVP8 '], ['application/pdf', '%PDF-1.4'],
  ['video/mp4', '\0\0\0\x20ftypisom'], ['image/heic', '\0\0\0\x18ftypheic'], [null, 'RIFF\x10\0\0\0WAVE'], [null, '\0\0\0\x20ftypavif'], [null, 'GIF8'], [null, ' %PDF-'], [null, '<html>'],
])('the first bytes say %s', (type, bytes) => {
  expect(fileTypeOf(typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes)).toBe(type);
});

test.each([
  ['a.png', 'a.png'], ['C:\\Users\\me\\a.png', 'a.png'], ['../../a', 'a'], ['..', 'file'], ['', 'file'], ['a\r\nX-Evil: 1', 'aX-Evil 1'], ['фото 照片.png', 'фото 照片.png'], ['x'.repeat(500) + '.png', 'x'.repeat(116) + '.png'],
])('the file name %j is kept as %j', (given, kept) => {
  expect(safeFileName(given)).toBe(kept);
});
