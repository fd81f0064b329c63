import bwipjs from 'bwip-js/node';

/** Bars and spaces in turn, each so many modules wide, beginning with a bar. */
export type Bars = readonly number[];

/** A square of dark (true) and light modules, row by row. */
export type Modules = readonly (readonly boolean[])[];

/** Code 128 of a number, or null where it cannot be one a scanner reads (foreign characters, far too long). */
export function code128(text: string): Bars | null {
  if (!/^[\x20-\x7E]{1,48}$/u.test(text)) return null;
  const [symbol] = bwipjs.raw('code128', text, {});
  return symbol && 'sbs' in symbol ? symbol.sbs : null;
}

/** The QR code of a text, which survives a scratch (level M), or null where the text is too long for one. */
export function qrCode(text: string): Modules | null {
  if (text.length === 0 || text.length > 400) return null;
  const [symbol] = bwipjs.raw('qrcode', text, 'eclevel=M');
  if (!symbol || !('pixs' in symbol)) return null;
  const { pixs, pixx, pixy } = symbol;
  return Array.from({ length: pixy }, (_, row) => Array.from({ length: pixx }, (_unused, column) => pixs[row * pixx + column] === 1));
}
