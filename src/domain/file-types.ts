/** The kinds of files customers and agents may send, for the sentence that refuses others. */
export const ACCEPTED_FILES = 'PNG, JPEG, GIF, WebP, HEIC, PDF and MP4';

const heic = new Set(['heic', 'heix', 'heim', 'heis', 'hevc', 'hevx', 'mif1', 'msf1']);
const mp4 = new Set(['isom', 'iso2', 'iso3', 'iso4', 'iso5', 'iso6', 'mp41', 'mp42', 'avc1', 'M4V ', 'M4VH', 'M4VP', 'MSNV', 'dash', 'mmp4']);

/** The media type of a file by its first bytes, never by its name; null for every kind we do not take. */
export function fileTypeOf(bytes: Uint8Array): string | null {
  const start = String.fromCharCode(...bytes.subarray(0, 16));
  if (start.startsWith('\x89PNG\r\n\x1a\n')) return 'image/png';
  if (start.startsWith('\xff\xd8\xff')) return 'image/jpeg';
  if (start.startsWith('GIF87a') || start.startsWith('GIF89a')) return 'image/gif';
  if (start.startsWith('RIFF') && start.slice(8, 12) === 'WEBP') return 'image/webp';
  if (start.startsWith('%PDF-')) return 'application/pdf';
  if (start.slice(4, 8) === 'ftyp') {
    const brand = start.slice(8, 12);
    if (heic.has(brand)) return 'image/heic';
    if (mp4.has(brand)) return 'video/mp4';
  }
  return null;
}

/** A file's name without folders, control characters or what headers and file systems choke on. */
export function safeFileName(name: string): string {
  const base = name.split(/[\\/]/).at(-1) ?? '';
  const clean = base.replaceAll(/[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069"<>|:*?]/gu, '').replaceAll(/\p{Surrogate}/gu, '\ufffd').trim();
  const short = Array.from(clean).slice(-120).join('');
  return short === '' || /^\.+$/.test(short) ? 'file' : short;
}

/** A `Content-Disposition` that makes browsers save the file under its name, whatever letters are in it. */
export function dispositionOf(name: string): string {
  const safe = safeFileName(name);
  const ascii = safe.replaceAll(/[^\x20-\x7e]|["\\%]/g, '_');
  const encoded = encodeURIComponent(safe).replaceAll(/['()*]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`);
  return `attachment; filename="${ascii}"; filename*=UTF-8''${encoded}`;
}
