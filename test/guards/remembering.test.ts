import { expect, test } from '@jest/globals';
import { rememberingGuard } from '../../src/classifiers/guard/remembering-guard.js';
import type { MessageGuard } from '../../src/ports/message-guard.js';

test('a sentence of the bot is read once for all its values; what people write, each time', () => {
  const read: string[] = [];
  const guard: MessageGuard = {
    read(text, { locale }) {
      read.push(`${locale} ${text}`);
      return [{ kind: 'disrespect', span: { start: 0, end: text.length }, rule: 'all' }];
    },
  };
  const remembering = rememberingGuard(guard);
  const first = remembering.read('Order AC-100001 is on its way.', { locale: 'en', values: ['AC-100001'] });
  expect(remembering.read('Order AC-100002 is on its way.', { locale: 'en', values: ['AC-100002'] })).toEqual(first);
  remembering.read('Order AC-100002 is on its way.', { locale: 'de', values: ['AC-100002'] });
  for (let n = 0; n < 2; n += 1) remembering.read('Tomorrow.', { locale: 'en', facts: ['2026-06-18'] });
  expect(read).toEqual(['en Order ▢▢▢▢▢▢▢▢▢ is on its way.', 'de Order ▢▢▢▢▢▢▢▢▢ is on its way.', 'en Tomorrow.', 'en Tomorrow.']);
});
