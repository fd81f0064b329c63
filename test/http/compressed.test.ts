import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { FastifyInstance } from 'fastify';
import { createHttpServer } from '../../src/http/server.js';

let app: FastifyInstance;
let seen: unknown[];
beforeAll(async () => {
  seen = [];
  app = createHttpServer({ trustProxy: false, maxBody: 65_536 });
  app.post('/words', async (request) => {
    seen.push(request.body);
    return {};
  });
  await app.listen({ host: '127.0.0.1', port: 0 });
});
afterAll(() => app.close());

test.each(['gzip', 'deflate', 'br'])('a body that says it is compressed (%s) is not unpacked, however small it came', async (encoding) => {
  const { port } = app.server.address() as { port: number };
  const bomb = gzipSync(Buffer.from(JSON.stringify({ text: 'a'.repeat(20_000_000) })));
  expect(bomb.length).toBeLessThan(65_536);
  const before = process.memoryUsage().arrayBuffers;
  const answer = await fetch(`http://127.0.0.1:${port}/words`, { method: 'POST', headers: { 'content-type': 'application/json', 'content-encoding': encoding }, body: bomb });
  expect(answer.status).toBeGreaterThanOrEqual(400);
  expect(answer.status).toBeLessThan(500);
  expect(seen).toEqual([]);
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(5_000_000);
});
