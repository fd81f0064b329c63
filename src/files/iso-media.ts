/** A box of an ISO media file (MP4, HEIC): its name, where it begins, where its content begins, where it ends. */
interface Box {
  readonly name: string;
  readonly at: number;
  readonly from: number;
  readonly end: number;
}

/** What holds other boxes that may hold metadata. */
const holders = new Set(['moov', 'trak', 'mdia']);
/** What describes: user data (place, device, words), XMP and the like. */
const describing = new Set(['udta', 'uuid', 'meta', 'keys', 'ilst']);
const mostBoxes = 5_000;

/** The boxes in a stretch of the file, or null where their lengths do not fit. */
function boxesIn(bytes: Buffer, start: number, end: number): Box[] | null {
  const found: Box[] = [];
  for (let at = start; at + 8 <= end;) {
    const short = bytes.readUInt32BE(at);
    const isLong = short === 1;
    if (isLong && at + 16 > end) return null;
    const size = isLong ? Number(bytes.readBigUInt64BE(at + 8)) : short === 0 ? end - at : short;
    const from = at + (isLong ? 16 : 8);
    if (at + size > end || at + size < from || found.length >= mostBoxes) return null;
    found.push({ name: bytes.toString('latin1', at + 4, at + 8), at, from, end: at + size });
    at += size;
  }
  return found;
}

/** Puts nothing in the place of a box: its length stays, so that nothing else moves. */
function blank(bytes: Buffer, { at, from, end }: Box): void {
  bytes.write('free', at + 4, 'latin1');
  bytes.fill(0, from, end);
}

/** When it was made and changed, in the heads of a film and its tracks. */
function blankTimes(bytes: Buffer, { from, end }: Box): void {
  const length = bytes[from] === 1 ? 16 : 8;
  bytes.fill(0, from + 4, Math.min(end, from + 4 + length));
}

function cleanFilm(bytes: Buffer, start: number, end: number): boolean {
  const boxes = boxesIn(bytes, start, end);
  if (boxes === null) return false;
  for (const box of boxes) {
    if (describing.has(box.name)) blank(bytes, box);
    else if (['mvhd', 'tkhd', 'mdhd'].includes(box.name)) blankTimes(bytes, box);
    else if (holders.has(box.name) && !cleanFilm(bytes, box.from, box.end)) return false;
  }
  return true;
}

/** Reads numbers of a length of their own, one after the other. */
function reader(bytes: Buffer, start: number, end: number): { readonly next: (length: number) => number; readonly at: () => number } {
  let at = start;
  return {
    at: () => at,
    next(length) {
      if (at + length > end) throw new RangeError('beyond the box');
      const value = length === 0 ? 0 : length === 8 ? Number(bytes.readBigUInt64BE(at)) : bytes.readUIntBE(at, length);
      at += length;
      return value;
    },
  };
}

/** The ids of the items of a picture that describe it: Exif, and XMP (of type mime). */
function describingItems(bytes: Buffer, { from, end }: Box): Set<number> {
  const version = bytes[from] ?? 0;
  const infos = boxesIn(bytes, from + (version === 0 ? 6 : 8), end) ?? [];
  return new Set(infos.flatMap((info) => {
    const of = bytes[info.from] ?? 0;
    if (of < 2) return [];
    const id = reader(bytes, info.from + 4, info.end).next(of === 2 ? 2 : 4);
    const type = bytes.toString('latin1', info.from + 4 + (of === 2 ? 4 : 6), info.from + 8 + (of === 2 ? 4 : 6));
    return type === 'Exif' || type === 'mime' ? [id] : [];
  }));
}

/** Empties the stretches of the file where some items lie. */
function blankItems(bytes: Buffer, { from, end }: Box, wanted: ReadonlySet<number>, data: Box | undefined): void {
  const version = bytes[from] ?? 0;
  const read = reader(bytes, from + 4, end);
  const [sizes, more] = [read.next(1), read.next(1)];
  const [offsetSize, lengthSize, baseSize, indexSize] = [sizes >> 4, sizes & 15, more >> 4, version === 0 ? 0 : more & 15];
  const count = read.next(version < 2 ? 2 : 4);
  for (let n = 0; n < count; n += 1) {
    const id = read.next(version < 2 ? 2 : 4);
    const method = version === 0 ? 0 : read.next(2) & 15;
    read.next(2);
    const base = read.next(baseSize);
    const extents = read.next(2);
    for (let extent = 0; extent < extents; extent += 1) {
      if (indexSize > 0) read.next(indexSize);
      const start = base + read.next(offsetSize) + (method === 1 ? data?.from ?? 0 : 0);
      const length = read.next(lengthSize);
      if (wanted.has(id)) bytes.fill(0, Math.min(start, bytes.length), Math.min(start + length, bytes.length));
    }
  }
}

/** A film without place, device, times and words beside it; null where it cannot be read that far. Nothing moves, so it plays as before. */
export function cleanMp4(given: Buffer): Buffer | null {
  const bytes = Buffer.from(given);
  return cleanFilm(bytes, 0, bytes.length) ? bytes : null;
}

/** A HEIC picture without Exif and XMP; null where it cannot be read that far. The way up is the picture's own property and stays. */
export function cleanHeic(given: Buffer): Buffer | null {
  const bytes = Buffer.from(given);
  const boxes = boxesIn(bytes, 0, bytes.length);
  const meta = boxes?.find(({ name }) => name === 'meta');
  if (!boxes || !meta) return null;
  for (const box of boxes) if (box.name === 'uuid') blank(bytes, box);
  const inner = boxesIn(bytes, meta.from + 4, meta.end);
  const [infos, places, data] = ['iinf', 'iloc', 'idat'].map((wanted) => inner?.find(({ name }) => name === wanted));
  if (!infos || !places) return null;
  blankItems(bytes, places, describingItems(bytes, infos), data);
  return bytes;
}
