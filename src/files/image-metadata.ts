/**
 * Takes out of a picture what a camera or a program wrote beside it: place, device, author, comments, previews. What is
 * needed to show it right stays: colour profile, and which way up it is. Not a picture, or one that cannot be read: as it was.
 */
export function withoutMetadata(bytes: Uint8Array, type: string): Uint8Array {
  const picture = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    switch (type) {
      case 'image/jpeg': return jpeg(picture);
      case 'image/png': return png(picture);
      case 'image/webp': return webp(picture);
      case 'image/gif': return gif(picture);
      default: return bytes;
    }
  } catch (error) {
    if (error !== null && typeof error === 'object' && 'name' in error && error.name === 'RangeError') return bytes; // cut off or not what it says: kept as it came
    throw error;
  }
}

/** Which way up an Exif block says the picture is; 1 = as it is. */
function orientationIn(segment: Buffer): number {
  if (segment.toString('latin1', 4, 10) !== 'Exif\0\0') return 1;
  const tiff = segment.subarray(10);
  const isLittle = tiff.toString('latin1', 0, 2) === 'II';
  const short = (at: number): number => (isLittle ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at));
  const directory = isLittle ? tiff.readUInt32LE(4) : tiff.readUInt32BE(4);
  for (let n = 0; n < short(directory); n += 1) {
    const entry = directory + 2 + n * 12;
    if (short(entry) === 0x0112) return short(entry + 8);
  }
  return 1;
}

/** An Exif block that says nothing but which way up. */
function upright(orientation: number): Buffer {
  const block = Buffer.from('ffe100224578696600004d4d002a00000008000101120003000000010000000000000000', 'hex');
  block.writeUInt16BE(orientation, 28);
  return block;
}

function jpeg(picture: Buffer): Uint8Array {
  const parts: Buffer[] = [picture.subarray(0, 2)];
  for (let at = 2; ;) {
    if (picture.readUInt8(at) !== 0xff) throw new RangeError('no marker');
    const marker = picture.readUInt8(at + 1);
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    // From the scan on there are no segments of this kind any more.
    if (marker === 0xda || marker === 0xd9) return Buffer.concat([...parts, picture.subarray(at)]);
    const end = at + 2 + picture.readUInt16BE(at + 2);
    if (end > picture.length) throw new RangeError('cut off');
    const segment = picture.subarray(at, end);
    const isProfile = marker === 0xe2 && segment.toString('latin1', 4, 15) === 'ICC_PROFILE';
    const isTold = (marker >= 0xe1 && marker <= 0xef && marker !== 0xee && !isProfile) || marker === 0xfe;
    if (!isTold) parts.push(segment);
    const orientation = marker === 0xe1 ? orientationIn(segment) : 1;
    if (orientation > 1 && orientation <= 8) parts.push(upright(orientation));
    at = end;
  }
}

function png(picture: Buffer): Uint8Array {
  const parts: Buffer[] = [picture.subarray(0, 8)];
  for (let at = 8; at < picture.length;) {
    const end = at + 12 + picture.readUInt32BE(at);
    if (end > picture.length) throw new RangeError('cut off');
    const kind = picture.toString('latin1', at + 4, at + 8);
    if (!['tEXt', 'zTXt', 'iTXt', 'eXIf', 'tIME'].includes(kind)) parts.push(picture.subarray(at, end));
    // What stands behind the end of the picture is no part of it.
    if (kind === 'IEND') break;
    at = end;
  }
  return Buffer.concat(parts);
}

function webp(picture: Buffer): Uint8Array {
  const parts: Buffer[] = [];
  for (let at = 12; at + 8 <= picture.length;) {
    const size = picture.readUInt32LE(at + 4);
    const end = at + 8 + size + (size % 2);
    if (end > picture.length) throw new RangeError('cut off');
    const kind = picture.toString('latin1', at, at + 4);
    const chunk = Buffer.from(picture.subarray(at, end));
    // The header says which of the two are there.
    if (kind === 'VP8X') chunk.writeUInt8(chunk.readUInt8(8) & ~0b0000_1100, 8);
    if (kind !== 'EXIF' && kind !== 'XMP ') parts.push(chunk);
    at = end;
  }
  const body = Buffer.concat([Buffer.from('WEBP'), ...parts]);
  const head = Buffer.alloc(8);
  head.write('RIFF');
  head.writeUInt32LE(body.length, 4);
  return Buffer.concat([head, body]);
}

function gif(picture: Buffer): Uint8Array {
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
    if (kind !== 0x21 && kind !== 0x2c) throw new RangeError('no block');
    const isXmp = label === 0xff && picture.toString('latin1', at + 3, at + 11) === 'XMP Data';
    if (label !== 0xfe && !isXmp) parts.push(picture.subarray(at, end));
    at = end;
  }
}
