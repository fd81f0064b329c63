import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { withoutMetadata } from '../../src/files/metadata.js';

const latin = (text: string): Buffer => Buffer.from(text, 'latin1');
const number = (value: number, length: number): Buffer => {
  const bytes = Buffer.alloc(length);
  bytes.writeUIntBE(value, 0, length);
  return bytes;
};
const box = (name: string, ...content: readonly Buffer[]): Buffer => {
  const body = Buffer.concat(content);
  return Buffer.concat([number(body.length + 8, 4), latin(name), body]);
};
const long = (name: string, content: Buffer): Buffer => Buffer.concat([number(1, 4), latin(name), number(0, 4), number(content.length + 16, 4), content]);

const place = '+52.5200+013.4050/';
const times = Buffer.concat([number(0, 4), number(0xdeadbeef, 4), number(0xdeadbeef, 4), number(1000, 4)]);
const film = (more: readonly Buffer[] = []): Buffer => Buffer.concat([
  box('ftyp', latin('isom\0\0\0\0isom')),
  box('moov',
    box('mvhd', times),
    box('trak', box('tkhd', times), box('mdia', box('mdhd', times), box('minf', latin('how it is cut'))), box('udta', latin('Anna’s phone'))),
    box('udta', box('\xa9xyz', latin(place))), box('meta', latin(`com.apple.quicktime.location ${place}`))),
  box('uuid', latin('an XMP packet')), ...more,
  long('mdat', latin('the pictures themselves')),
]);

describe('a film', () => {
  test('is kept without place, device and times, of the same length and with every picture in its place', () => {
    const given = film();
    const clean = Buffer.from(withoutMetadata(given, 'video/mp4'));
    expect(clean.length).toBe(given.length);
    expect(clean.toString('latin1')).not.toMatch(/52\.5200|phone|XMP|location|\xde\xad\xbe\xef/u);
    expect(clean.toString('latin1')).toContain('how it is cut');
    expect(clean.indexOf('the pictures themselves')).toBe(given.indexOf('the pictures themselves'));
    expect(given.toString('latin1')).toContain(place);
  });
});

/** A HEIC whose items are listed and placed as a phone does it: a picture, its Exif and its XMP. */
function heic(version: 0 | 1): Buffer {
  const info = (id: number, type: string): Buffer => box('infe', number(0x02000000, 4), number(id, 2), number(0, 2), latin(`${type}\0`));
  const contents = [latin('the picture itself'), latin(`Exif ${place}`), latin('<x:xmpmeta>Anna</x:xmpmeta>')];
  const ftyp = box('ftyp', latin('heic\0\0\0\0mif1heic'));
  const metaOf = (offsets: readonly number[]): Buffer => box('meta', number(0, 4),
    box('hdlr', latin('\0\0\0\0pict')), box('iinf', number(0, 4), number(3, 2), info(1, 'hvc1'), info(2, 'Exif'), info(3, 'mime')),
    box('iprp', latin('irot: the way up')),
    box('iloc', number(version << 24, 4), number(0x44, 1), number(0, 1), number(3, 2),
      ...offsets.flatMap((offset, n) => [number(n + 1, 2), ...(version === 0 ? [] : [number(0, 2)]), number(0, 2), number(1, 2), number(offset, 4), number(contents[n]?.length ?? 0, 4)])));
  const start = ftyp.length + metaOf([0, 0, 0]).length + 8;
  const offsets = contents.map((_, n) => start + contents.slice(0, n).reduce((sum, { length }) => sum + length, 0));
  return Buffer.concat([ftyp, metaOf(offsets), box('mdat', ...contents)]);
}

describe('a HEIC picture', () => {
  test.each([0, 1] as const)('is kept without Exif and XMP (places listed in version %d); the picture and its way up stay', (version) => {
    const given = heic(version);
    const clean = Buffer.from(withoutMetadata(given, 'image/heic'));
    expect(clean.length).toBe(given.length);
    expect(clean.toString('latin1')).not.toMatch(/52\.5200|xmpmeta|Anna/u);
    expect(clean.indexOf('the picture itself')).toBe(given.indexOf('the picture itself'));
    expect(clean.toString('latin1')).toContain('irot: the way up');
  });
});

describe('either, torn anywhere', () => {
  test('is read to no harm, in no time, and never grows', () => {
    const whole = { 'video/mp4': film(), 'image/heic': heic(1) };
    fc.assert(fc.property(fc.constantFrom('video/mp4' as const, 'image/heic' as const), fc.nat(400), fc.nat(255), fc.nat(400), (type, at, value, cut) => {
      const bytes = Buffer.from(whole[type].subarray(0, Math.max(1, whole[type].length - cut)));
      bytes[at % bytes.length] = value;
      expect(withoutMetadata(bytes, type).byteLength).toBe(bytes.length);
    }), { numRuns: 2_000 });
  });
});
