import type { Readable } from 'node:stream';
import { badRequest, tooLarge } from './refusals.js';

/** One part of a multipart body. */
export interface Part {
  readonly name: string;
  readonly fileName?: string;
  readonly type?: string;
  readonly bytes: Buffer;
}

const MAX_HEADER = 8_192;
const malformed = (what: string) => badRequest('MalformedMultipart', `The multipart body is malformed: ${what}.`);

/** Reads a body of at most `limit` bytes. A larger one is read on for a while and thrown away, so that the client gets to see the refusal. */
export async function readBounded(stream: Readable, limit: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= limit) chunks.push(chunk);
    else chunks.length = 0;
    if (size > 3 * limit) break;
  }
  if (size > limit) throw tooLarge(`The files of one message may have ${Math.floor(limit / 1024)} KiB together.`);
  return Buffer.concat(chunks);
}

/** The boundary named by a Content-Type header. */
export function boundaryOf(contentType: string): string {
  const match = /;\s*boundary=(?:"([^"]{1,70})"|([^\s;"]{1,70}))/i.exec(contentType);
  const boundary = match?.[1] ?? match?.[2];
  if (boundary === undefined) throw malformed('its Content-Type names no boundary');
  return boundary;
}

/** Splits a whole multipart body into at most `maxParts` parts. */
export function parseMultipart(body: Buffer, boundary: string, maxParts: number): Part[] {
  const delimiter = Buffer.from(`\r\n--${boundary}`);
  // The first delimiter may stand at the very start, without its line break.
  const whole = Buffer.concat([Buffer.from('\r\n'), body]);
  const parts: Part[] = [];
  let at = whole.indexOf(delimiter);
  if (at === -1) throw malformed('its boundary does not occur');
  for (;;) {
    at += delimiter.length;
    if (whole.toString('latin1', at, at + 2) === '--') return parts;
    const lineEnd = whole.indexOf('\r\n', at);
    if (lineEnd === -1 || whole.toString('latin1', at, lineEnd).trim() !== '') throw malformed('there is something after a boundary');
    const next = whole.indexOf(delimiter, lineEnd);
    if (next === -1) throw malformed('it ends without its last boundary');
    if (parts.length === maxParts) throw badRequest('TooManyFiles', `A message may have at most ${maxParts - 1} files.`);
    parts.push(parsePart(whole.subarray(lineEnd + 2, next)));
    at = next;
  }
}

function parsePart(part: Buffer): Part {
  const headEnd = part.indexOf('\r\n\r\n');
  if (headEnd === -1 || headEnd > MAX_HEADER) throw malformed('a part has no headers, or very long ones');
  const headers = new Map<string, string>();
  for (const line of part.toString('utf8', 0, headEnd).split('\r\n')) {
    const colon = line.indexOf(':');
    if (colon < 1) throw malformed('a header of a part has no colon');
    headers.set(line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim());
  }
  const { name, fileName } = parseDisposition(headers.get('content-disposition') ?? '');
  const type = headers.get('content-type')?.split(';')[0]?.trim().toLowerCase();
  if (name === undefined) throw malformed('a part has no name');
  return { name, bytes: part.subarray(headEnd + 4), ...(fileName === undefined ? {} : { fileName }), ...(type === undefined ? {} : { type }) };
}

/** The names in a Content-Disposition header; `filename*` wins, and browsers' percent-encoded quotes and line breaks are read. */
export function parseDisposition(header: string): { readonly name?: string; readonly fileName?: string } {
  const values = new Map<string, string>();
  for (const match of header.matchAll(/;\s*([\w*-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s;"]*))/g)) {
    const key = match[1]?.toLowerCase();
    if (key !== undefined && !values.has(key)) values.set(key, (match[2]?.replaceAll(/\\(["\\])/g, '$1') ?? match[3] ?? '').replaceAll('%22', '"').replaceAll(/%0D|%0A/gi, ''));
  }
  const extended = /^utf-8'[^']*'(.*)$/i.exec(values.get('filename*') ?? '')?.[1];
  const name = values.get('name');
  const fileName = (extended === undefined ? undefined : decodeOrNothing(extended)) ?? values.get('filename');
  return { ...(name === undefined ? {} : { name }), ...(fileName === undefined ? {} : { fileName }) };
}

function decodeOrNothing(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined; // the plain file name beside it still serves
  }
}
