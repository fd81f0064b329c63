import { connect } from 'node:net';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { dataFolder, serveProcess, until, type ServedProcess } from '../support/served.js';
import { createBuyer, request, type Activity, type Buyer } from './buyer.js';

jest.setTimeout(90_000);

const settings = { TRUST_PROXY: 'true' };
let folder: ReturnType<typeof dataFolder>;
let server: ServedProcess;
beforeAll(async () => {
  folder = dataFolder();
  server = await serveProcess(folder.path, settings);
});
afterAll(async () => {
  await server.kill();
  folder.remove();
});

const texts = ['Are you a bot?', 'How do I create an account?', 'What promotions are running?', 'How do I log in?'];
const messages = ({ seen }: Buyer): Activity[] => seen.filter(({ type }) => type === 'message');

test('SIGTERM in the middle of a load, with a request that never ends: over within ten seconds, and after the next start everything that was acknowledged is answered once and in order', async () => {
  const buyers = await Promise.all(Array.from({ length: 24 }, async (_, index) => {
    const headers = { 'x-forwarded-for': `10.0.1.${index + 1}` };
    return { headers, buyer: await createBuyer(server.url, { headers }), acknowledged: [] as string[] };
  }));
  // Somebody who has sent half a message and says no more, and somebody who has asked so much that they have to wait their turn.
  const { port } = new URL(server.url);
  const stuck = connect(Number(port), '127.0.0.1');
  stuck.on('error', () => undefined);
  stuck.write('POST /api/widget/token HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{"identity"');
  const impatient = buyers[0];
  const paced = Array.from({ length: 60 }, (_, n) => impatient?.buyer.post({ text: texts[0], channelData: { clientActivityID: `fast-${n}` } }).then((answer) => answer.status === 200 && impatient.acknowledged.push(`fast-${n}`), () => undefined));

  let isDown = false;
  let acknowledged = 0;
  const talking = Promise.all(buyers.slice(1).map(async ({ buyer, acknowledged: own, headers }, who) => {
    for (let n = 0; !isDown && n < 200; n += 1) {
      const id = `t-${who}-${n}`;
      const answer = await request(server.url, 'POST', `/v3/directline/conversations/${buyer.conversationId}/activities`, {
        token: buyer.token, headers, body: { type: 'message', text: texts[n % texts.length], from: { id: 'me' }, channelData: { clientActivityID: id } },
      }).catch(() => null);
      if (answer?.status !== 200) return;
      own.push(id);
      acknowledged += 1;
    }
  }));
  await until('a load', () => acknowledged > 60);
  const begun = Date.now();
  server.child.kill('SIGTERM');
  const code = await server.ended;
  const took = Date.now() - begun;
  isDown = true;
  stuck.destroy();
  await Promise.all([talking, ...paced]);
  expect([code, took < 10_000]).toEqual([0, true]);
  expect([server.logged('stop.failed'), server.logged('turn.failed'), server.logged('commit.unknown')]).toEqual([[], [], []]);

  server = await serveProcess(folder.path, settings);
  for (const { buyer, acknowledged: own } of buyers) {
    await buyer.comeBack(server.url);
    const ofOwn = (activities: readonly Activity[]): string[] => activities.flatMap(({ channelData }) => channelData?.clientActivityID ?? []);
    await until('every answer', () => messages(buyer).filter(({ from }) => from.role === 'bot').length >= ofOwn(messages(buyer)).length && own.every((id) => ofOwn(messages(buyer)).includes(id)));
    const history = await buyer.history();
    const asked = ofOwn(history);
    // What was not acknowledged may have come in all the same; what was acknowledged has.
    expect(own.filter((id) => !asked.includes(id))).toEqual([]);
    expect(asked).toEqual([...new Set(asked)]);
    expect(history.filter(({ from }) => from.role === 'bot')).toHaveLength(asked.length);
    const order = asked.filter((id) => id.startsWith('t-')).map((id) => Number(id.split('-').at(-1)));
    expect(order).toEqual([...order].sort((a, b) => a - b));
    await buyer.leave();
  }
  expect(server.logged('turn.failed')).toEqual([]);
  expect(await server.stop()).toBe(0);
});
