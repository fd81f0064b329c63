import { createHmac, timingSafeEqual } from 'node:crypto';

type Key = string | Uint8Array;

const header = Buffer.from(JSON.stringify({ alg: 'HS256', typ: 'JWT' })).toString('base64url');
const part = /^[A-Za-z0-9_-]+$/;
const MAX_LENGTH = 8_192;

const signatureOf = (text: string, key: Key) => createHmac('sha256', key).update(text).digest();

/** A JWT signed with HS256. */
export function signJwt(claims: object, key: Key): string {
  const text = `${header}.${Buffer.from(JSON.stringify(claims)).toString('base64url')}`;
  return `${text}.${signatureOf(text, key).toString('base64url')}`;
}

/** The claims of a JWT if it is signed by this key with HS256 and nothing else; null otherwise. Says nothing about its times. */
export function readJwt(token: string, key: Key): unknown {
  if (token.length > MAX_LENGTH) return null;
  const parts = token.split('.');
  const [head, claims, signature] = parts;
  if (parts.length !== 3 || head === undefined || claims === undefined || signature === undefined || !parts.every((one) => part.test(one))) return null;
  // The signature comes first, so that nothing of an unsigned text is ever parsed; the algorithm is ours, not the token's.
  const given = Buffer.from(signature, 'base64url');
  const right = signatureOf(`${head}.${claims}`, key);
  if (given.length !== right.length || !timingSafeEqual(given, right)) return null;
  try {
    const { alg, crit } = JSON.parse(Buffer.from(head, 'base64url').toString()) as { alg?: unknown; crit?: unknown };
    if (alg !== 'HS256' || crit !== undefined) return null;
    return JSON.parse(Buffer.from(claims, 'base64url').toString()) as unknown;
  } catch {
    return null; // signed, but not JSON: as good as unsigned
  }
}

/** A key of its own for each purpose, so that what is signed for one is worth nothing for another. */
export function deriveKey(secret: string, purpose: string): Buffer {
  return createHmac('sha256', secret).update(`aftercare/web/${purpose}`).digest();
}

/** Compares two secrets without telling by its time how much of them agrees. */
export function isSameSecret(given: string, right: string): boolean {
  const key = Buffer.alloc(32, 1);
  return timingSafeEqual(signatureOf(given, key), signatureOf(right, key));
}
