/** How large a picture says it is, in pixels. */
export interface PictureSize {
  readonly width: number;
  readonly height: number;
}

/** More than any camera makes; a small file that unpacks to more is made to fill the memory of whoever looks at it. */
const mostPixels = 220_000_000;

const at = (bytes: Uint8Array, n: number): number => bytes[n] ?? 0;
const big16 = (bytes: Uint8Array, n: number): number => at(bytes, n) * 256 + at(bytes, n + 1);
const big32 = (bytes: Uint8Array, n: number): number => big16(bytes, n) * 65_536 + big16(bytes, n + 2);
const little16 = (bytes: Uint8Array, n: number): number => at(bytes, n) + at(bytes, n + 1) * 256;
const little24 = (bytes: Uint8Array, n: number): number => little16(bytes, n) + at(bytes, n + 2) * 65_536;
const word = (bytes: Uint8Array, n: number): string => String.fromCharCode(at(bytes, n), at(bytes, n + 1), at(bytes, n + 2), at(bytes, n + 3));

function jpegSize(bytes: Uint8Array): PictureSize | null {
  for (let n = 2; n + 9 <= bytes.length;) {
    if (at(bytes, n) !== 0xff) return null;
    const marker = at(bytes, n + 1);
    if (marker === 0xff) n += 1;
    // The frame header: every SOF but DHT (C4), JPG (C8) and DAC (CC), which lie between them.
    else if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)) return { height: big16(bytes, n + 5), width: big16(bytes, n + 7) };
    else if (marker === 0xd8 || marker === 0x01 || (marker >= 0xd0 && marker <= 0xd7)) n += 2;
    else if (marker === 0xda || marker === 0xd9) return null;
    else n += 2 + Math.max(2, big16(bytes, n + 2));
  }
  return null;
}

function webpSize(bytes: Uint8Array): PictureSize | null {
  const kind = word(bytes, 12);
  if (bytes.length < 30) return null;
  if (kind === 'VP8X') return { width: 1 + little24(bytes, 24), height: 1 + little24(bytes, 27) };
  if (kind === 'VP8 ') return { width: little16(bytes, 26) % 16_384, height: little16(bytes, 28) % 16_384 };
  if (kind !== 'VP8L' || at(bytes, 20) !== 0x2f) return null;
  const bits = little24(bytes, 21) + at(bytes, 24) * 16_777_216;
  return { width: 1 + (bits % 16_384), height: 1 + (Math.floor(bits / 16_384) % 16_384) };
}

/** The size a PNG, JPEG, GIF or WebP has by its header; null where there is none to be read. */
export function pictureSize(bytes: Uint8Array, type: string): PictureSize | null {
  if (type === 'image/png') return bytes.length >= 24 && word(bytes, 12) === 'IHDR' ? { width: big32(bytes, 16), height: big32(bytes, 20) } : null;
  if (type === 'image/gif') return bytes.length >= 10 ? { width: little16(bytes, 6), height: little16(bytes, 8) } : null;
  if (type === 'image/jpeg') return jpegSize(bytes);
  return type === 'image/webp' ? webpSize(bytes) : null;
}

const isRaster = (type: string): boolean => ['image/png', 'image/gif', 'image/jpeg', 'image/webp'].includes(type);

/** Whether a picture says it has more pixels than any camera makes, or none. */
export function isPixelBomb(bytes: Uint8Array, type: string): boolean {
  const size = pictureSize(bytes, type);
  return size !== null && (size.width < 1 || size.height < 1 || size.width * size.height > mostPixels);
}

/** Whether a file that calls itself this type is a picture nobody should open: a bomb, or one without a size at all. Other types are none of its business. */
export const isHarmfulPicture = (bytes: Uint8Array, type: string): boolean => isRaster(type) && (pictureSize(bytes, type) === null || isPixelBomb(bytes, type));
