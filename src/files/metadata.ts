import type { FileShelf } from '../ports/file-store.js';
import { cleanHeic, cleanMp4 } from './iso-media.js';

/** PNG chunks that make the picture; all others hold words, times and places. */
const pngKept = new Set(['IHDR', 'PLTE', 'IDAT', 'IEND', 'tRNS', 'gAMA', 'cHRM', 'sRGB', 'iCCP', 'sBIT', 'bKGD', 'pHYs', 'acTL', 'fcTL', 'fdAT']);

function cleanPng(bytes: Buffer): Buffer | null {
  const kept = [bytes.subarray(0, 8)];
  for (let n = 8; n + 12 <= bytes.length;) {
    const end = n + 12 + bytes.readUInt32BE(n);
    const name = bytes.toString('latin1', n + 4, n + 8);
    if (end > bytes.length) return null;
    if (pngKept.has(name)) kept.push(bytes.subarray(n, end));
    // What stands behind the end of the picture belongs to another file.
    if (name === 'IEND') return Buffer.concat(kept);
    n = end;
  }
  return null;
}

/** The way up of a photo by its Exif segment, 1 to 8; null where it does not say or stands upright. */
function orientationOf(exif: Buffer): number | null {
  const tiff = exif.subarray(10);
  const isLittle = tiff.toString('latin1', 0, 2) === 'II';
  const short = (n: number): number => (n + 2 > tiff.length ? 0 : isLittle ? tiff.readUInt16LE(n) : tiff.readUInt16BE(n));
  const long = (n: number): number => (n + 4 > tiff.length ? 0 : isLittle ? tiff.readUInt32LE(n) : tiff.readUInt32BE(n));
  const first = long(4);
  for (let entry = 0; entry < Math.min(short(first), 200); entry += 1) {
    const place = first + 2 + entry * 12;
    if (short(place) !== 0x0112) continue;
    const value = short(place + 8);
    return value >= 2 && value <= 8 ? value : null;
  }
  return null;
}

/** An Exif segment that says the way up and nothing else. */
const exifOf = (orientation: number): Buffer => Buffer.concat([
  Buffer.from('ffe10022', 'hex'), Buffer.from('Exif\0\0MM\0*\0\0\0\x08\0\x01', 'latin1'), Buffer.from('0112000300000001', 'hex'), Buffer.from([0, orientation, 0, 0, 0, 0, 0, 0]),
]);

function cleanJpeg(bytes: Buffer): Buffer | null {
  const kept = [bytes.subarray(0, 2)];
  let orientation: number | null = null;
  for (let n = 2; n + 4 <= bytes.length;) {
    if (bytes[n] !== 0xff) return null;
    const marker = bytes[n + 1] ?? 0;
    if (marker === 0xd9) break;
    const end = n + 2 + bytes.readUInt16BE(n + 2);
    if (end > bytes.length || end < n + 4) return null;
    // Of what applications add: JFIF, the colour profile and Adobe's transform make the picture; places, times and previews do not.
    const isMetadata = marker === 0xfe || (marker >= 0xe1 && marker <= 0xef && marker !== 0xe2 && marker !== 0xee);
    if (marker === 0xe1 && bytes.toString('latin1', n + 4, n + 8) === 'Exif') orientation = orientationOf(bytes.subarray(n, end));
    if (!isMetadata) kept.push(bytes.subarray(n, end));
    n = end;
    if (marker !== 0xda) continue;
    // The pixels: up to the next marker that is neither a stuffed byte nor a restart.
    const from = n;
    while (n + 1 < bytes.length && !(bytes[n] === 0xff && bytes[n + 1] !== 0 && bytes[n + 1] !== 0xff && !((bytes[n + 1] ?? 0) >= 0xd0 && (bytes[n + 1] ?? 0) <= 0xd7))) n += 1;
    kept.push(bytes.subarray(from, n));
    if (n + 1 >= bytes.length) return null;
  }
  const [start, ...rest] = kept;
  return start === undefined ? null : Buffer.concat([start, ...(orientation === null ? [] : [exifOf(orientation)]), ...rest, Buffer.from([0xff, 0xd9])]);
}

function cleanWebp(bytes: Buffer): Buffer | null {
  const whole = Math.min(bytes.length, bytes.readUInt32LE(4) + 8);
  const kept: Buffer[] = [];
  for (let n = 12; n + 8 <= whole;) {
    const size = bytes.readUInt32LE(n + 4);
    const end = n + 8 + size + (size % 2);
    const name = bytes.toString('latin1', n, n + 4);
    if (n + 8 + size > whole) return null;
    const chunk = Buffer.from(bytes.subarray(n, Math.min(end, whole)));
    // The bits that announce Exif and XMP go with them.
    if (name === 'VP8X' && chunk.length > 8) chunk[8] = (chunk[8] ?? 0) & ~0x0c;
    if (name !== 'EXIF' && name !== 'XMP ') kept.push(chunk);
    n = end;
  }
  const body = Buffer.concat(kept);
  const head = Buffer.from(bytes.subarray(0, 12));
  head.writeUInt32LE(body.length + 4, 4);
  return kept.length === 0 ? null : Buffer.concat([head, body]);
}

/** Comments and XMP of a GIF are blocks of their own; those that make it move stay. */
function cleanGif(picture: Buffer): Buffer | null {
  const tableAfter = (flags: number): number => ((flags & 0x80) === 0 ? 0 : 3 * 2 ** ((flags & 7) + 1));
  const blocksFrom = (start: number): number => {
    let at = start;
    while (picture.readUInt8(at) !== 0) at += 1 + picture.readUInt8(at);
    return at + 1;
  };
  let at = 13 + tableAfter(picture.readUInt8(10));
  const parts: Buffer[] = [picture.subarray(0, at)];
  for (;;) {
    const kind = picture.readUInt8(at);
    if (kind === 0x3b) return Buffer.concat([...parts, picture.subarray(at, at + 1)]);
    const label = kind === 0x21 ? picture.readUInt8(at + 1) : 0;
    const end = kind === 0x21 ? blocksFrom(at + 2) : blocksFrom(at + 11 + tableAfter(picture.readUInt8(at + 9)));
    if (kind !== 0x21 && kind !== 0x2c) return null;
    const isXmp = label === 0xff && picture.toString('latin1', at + 3, at + 11) === 'XMP Data';
    if (label !== 0xfe && !isXmp) parts.push(picture.subarray(at, end));
    at = end;
  }
}

/**
 * A picture without what a camera writes beside it (place, time, device, preview) and without what hangs behind its end; the
 * way up stays. A picture that cannot be read that far stays as it is.
 */
export function withoutMetadata(bytes: Uint8Array, type: string): Uint8Array {
  const given = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    const cleaned = type === 'image/jpeg' ? cleanJpeg(given) : type === 'image/png' ? cleanPng(given) : type === 'image/webp' ? cleanWebp(given) : type === 'image/gif' ? cleanGif(given) : type === 'image/heic' ? cleanHeic(given) : type === 'video/mp4' ? cleanMp4(given) : null;
    return cleaned ?? bytes;
  } catch {
    return bytes; // torn in a place that lengths point to; nobody reads metadata out of that either
  }
}

/** The same shelf, but pictures are kept without their metadata, whichever way they came. */
export function withCleanPictures(shelf: FileShelf): FileShelf {
  return { ...shelf, put: (bytes, file) => shelf.put(withoutMetadata(bytes, file.type), file) };
}
