/** Random numbers below a bound, from a seed: the same seed gives the same inputs. */
export type Random = (below: number) => number;

/** Makes them (mulberry32). */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296) * below);
  };
}

/** Pieces that readers have stumbled over: of syntax, of numbers, of letters, of names that objects have. */
const pieces = [
  '"', "'", '\\', '{', '}', '[', ']', ':', ',', '&', '*', '!', '|', '>', '%', '@', '#', '?', '-', '---\n', '\t', '\n', '\r\n', '\u0000', '\u001b[31m', '\ufeff', '\u202e', '\u2028', '\ud800', '\udfff', '\u{10ffff}', 'e\u0301\u0301\u0301',
  '👩‍👩‍👧‍👦', 'ﷺ', 'İ', 'ß', '𠀀', '٣', '３', '²', 'null', 'true', 'NaN', '-0', '1e309', '-1', '0x10', '9007199254740993', '99999999999999999999', '0.1', '__proto__', 'constructor', 'toString', 'hasOwnProperty', '<<: *a', '&a', '!!binary',
  '../', '%00', '%c0%ae', '{{7*7}}', '${x}', '{n, plural, other {#}}', '{', "it's '{'", '<script>', '()', '(a+)+$', 'a'.repeat(300), '['.repeat(200), '{"a":'.repeat(60), ' '.repeat(200), '0'.repeat(100), 'AC-100001', 'anna@example.com', '4111 1111 1111 1111',
  'DE89370400440532013000', 'LP000100012CN', '+48 512 345 678', '2026-02-30', '25:61', 'rua', 'улица 5', '上海市', 'شارع 12',
];

const pick = <T>(list: readonly T[], random: Random): T => list[random(list.length)] as T;

/** A text like the seeds, with a few things done to it. */
export function mutateText(seeds: readonly string[], random: Random): string {
  let text = pick(seeds, random);
  for (let times = random(4) + (random(50) === 0 ? 20 : 0); times > 0; times -= 1) {
    const [a, b] = [random(text.length + 1), random(text.length + 1)].toSorted((one, other) => one - other) as [number, number];
    switch (random(9)) {
      case 0: text = text.slice(0, a) + pick(pieces, random) + text.slice(a); break;
      case 1: text = text.slice(0, a) + pick(pieces, random) + text.slice(b); break;
      case 2: text = text.slice(0, a) + text.slice(Math.min(b, a + 1 + random(12))); break;
      case 3: text = text.slice(0, a); break;
      case 4: text = text.slice(a) + text.slice(0, a); break;
      case 5: text = text.slice(0, b) + text.slice(a, Math.min(b, a + 400)).repeat(1 + random(4)) + text.slice(b); break;
      case 6: text = text.slice(0, a) + String.fromCharCode(random(65_536)) + text.slice(a + 1); break;
      case 7: text = text.slice(0, a) + pick(seeds, random).slice(a); break;
      default: text = random(2) === 0 ? text.toUpperCase() : text.normalize(pick(['NFC', 'NFD', 'NFKC'], random));
    }
    if (text.length > 60_000) text = text.slice(0, 60_000);
  }
  return text;
}

const oddValues = (random: Random): unknown => pick<() => unknown>([
  () => null, () => true, () => -1, () => 0.5, () => 1e308, () => Number.MAX_SAFE_INTEGER + 2, () => '', () => pick(pieces, random), () => [], () => ({}), () => [[[[]]]], () => ({ toString: 1, length: -1 }), () => 'x'.repeat(5_000),
  () => Array.from({ length: 50 }, () => pick(pieces, random)), () => JSON.parse('{"__proto__":{"a":1},"constructor":{"prototype":{}}}') as unknown, () => JSON.parse('[1'.replace('1', '['.repeat(90)) + ']'.repeat(91)) as unknown,
], random)();

/** As a wire brings it: `__proto__` is a name like any other. */
const put = (holder: object, key: string, value: unknown): void => void Object.defineProperty(holder, key, { value, enumerable: true, configurable: true, writable: true });

/** A piece of JSON like the seed, with values changed, taken away, doubled or put elsewhere. */
export function mutateJson(seed: unknown, random: Random): unknown {
  const copy = structuredClone(seed);
  const places: [Record<string, unknown>, string][] = [];
  const walk = (value: unknown): void => {
    if (typeof value !== 'object' || value === null || places.length > 4_000) return;
    for (const key of Object.keys(value)) {
      places.push([value as Record<string, unknown>, key]);
      walk((value as Record<string, unknown>)[key]);
    }
  };
  walk(copy);
  if (places.length === 0 || random(60) === 0) return oddValues(random);
  for (let times = random(4); times > 0; times -= 1) {
    const [holder, key] = pick(places, random);
    switch (random(6)) {
      case 0: Reflect.deleteProperty(holder, key); break;
      case 1: put(holder, pick(pieces, random), holder[key]); break;
      case 2: put(holder, key, holder); break;
      case 3: put(holder, key, typeof holder[key] === 'string' ? mutateText([holder[key]], random) : oddValues(random)); break;
      case 4: put(holder, key, pick(places, random)[0]); break;
      default: put(holder, key, oddValues(random));
    }
  }
  // What came over a wire has no circles.
  try {
    return JSON.parse(JSON.stringify(copy) ?? 'null') as unknown;
  } catch {
    return oddValues(random);
  }
}

/** Bytes like the seeds, with a few of them changed, cut out or repeated. */
export function mutateBytes(seeds: readonly Uint8Array[], random: Random): Buffer {
  let bytes = Buffer.from(pick(seeds, random));
  for (let times = random(6); times > 0; times -= 1) {
    const at = random(bytes.length + 1);
    switch (random(5)) {
      case 0: if (at < bytes.length) bytes[at] = random(256); break;
      case 1: bytes = bytes.subarray(0, at); break;
      case 2: bytes = Buffer.concat([bytes.subarray(0, at), Buffer.from(pick(pieces, random)), bytes.subarray(at)]); break;
      case 3: bytes = Buffer.concat([bytes.subarray(0, at), bytes.subarray(Math.min(bytes.length, at + 1 + random(8)))]); break;
      default: if (at + 4 <= bytes.length) bytes.writeUInt32BE(pick([0, 0xffffffff, 0x7fffffff, 1, 0x80000000], random), at);
    }
    bytes = Buffer.from(bytes);
  }
  return bytes;
}
