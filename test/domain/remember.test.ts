import { expect, test } from '@jest/globals';
import { remembering } from '../../src/domain/remember.js';

test('what was made is given again as long as it is among those asked for last', () => {
  const made: string[] = [];
  const upper = remembering(2, (text: string, suffix: string) => {
    made.push(text);
    return { value: `${text.toUpperCase()}${suffix}` };
  });
  const first = upper('a', '!');
  upper('b', '!');
  expect(upper('a', '?')).toBe(first);
  upper('c', '!');
  expect([upper('a', '!'), made]).toEqual([first, ['a', 'b', 'c']]);
  upper('b', '!');
  expect(made).toEqual(['a', 'b', 'c', 'b']);
});

test('what cannot be made is tried again', () => {
  let tries = 0;
  const never = remembering(2, () => {
    tries += 1;
    if (tries < 2) throw new Error('not yet');
    return undefined;
  });
  expect(() => never('a')).toThrow('not yet');
  expect([never('a'), never('a'), tries]).toEqual([undefined, undefined, 2]);
});
