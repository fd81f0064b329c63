import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { copyOf } from '../../src/domain/copy.js';

/** Every object and array in a value. */
const partsOf = (value: unknown): readonly object[] => (typeof value === 'object' && value !== null ? [value, ...Object.values(value).flatMap(partsOf)] : []);

test('a copy says the same and shares nothing', () => {
  fc.assert(fc.property(fc.jsonValue(), (value) => {
    const copy = copyOf(value);
    expect(copy).toStrictEqual(value);
    const own = new Set(partsOf(value));
    expect(partsOf(copy).filter((part) => own.has(part))).toEqual([]);
  }), { numRuns: 500 });
});

test('a key that looks like a prototype is a key', () => {
  const copy = copyOf(JSON.parse('{"__proto__":{"isAdmin":true}}') as Readonly<Record<string, unknown>>);
  expect([Object.keys(copy), Object.getPrototypeOf(copy) === Object.prototype, copy['isAdmin']]).toEqual([['__proto__'], true, undefined]);
});
