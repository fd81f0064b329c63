import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { shopEventSchema } from '../../src/domain/notice.js';
import { signatureOf } from '../../src/http/shop-events.js';
import { root } from '../house/sources.js';

test('the example of the docs is a right event with a right signature', () => {
  const docs = readFileSync(`${root}docs/notices.md`, 'utf8');
  const body = /\n(\{"type".*\})\n/u.exec(docs)?.[1] ?? '';
  const [, secret = '', at = ''] = /secret `([^`]+)`.* at (\d+):/u.exec(docs) ?? [];
  expect(shopEventSchema.safeParse(JSON.parse(body)).success).toBe(true);
  expect(docs).toContain(signatureOf(secret, at, Buffer.from(body)));
});
