import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { createHmac } from 'node:crypto';
import { serve, type Served } from '../../src/app.js';
import { signJwt } from '../../src/channels/web/jwt.js';
import { readConfig } from '../../src/config.js';
import { dataFolder } from '../support/served.js';
import { keptLog, today } from '../support/a-core.js';
import { createBuyer, request, type Answer } from './buyer.js';

jest.setTimeout(120_000);

const secret = 'a-secret-of-the-shop-system';
const identitySecret = 'a-secret-of-the-shops-site';
const folder = dataFolder();
// The server's clock stands: it is nine in the morning in UTC, eleven in Warsaw, and signatures are of that time.
let now = Date.parse(today);
const clock = { now: (): string => new Date((now += 1)).toISOString() };
let served: Served;
let base: string;

async function start(): Promise<void> {
  const read = readConfig({ DATA_DIR: folder.path, PORT: '0', SHOP_EVENTS_SECRET: secret, WIDGET_IDENTITY_SECRET: identitySecret });
  if (!('config' in read)) throw new Error(read.problems.join('\n'));
  served = await serve(read.config, { clock, log: keptLog() });
  base = served.url.replace('localhost', '127.0.0.1');
}
beforeAll(start);
afterAll(async () => {
  await served.stop();
  folder.remove();
});

const timestamp = (offset = 0): string => String(Math.floor(now / 1000) + offset);
const sign = (body: string, at: string, key = secret): string => `v1=${createHmac('sha256', key).update(`${at}.${body}`).digest('hex')}`;
const post = (body: string, at = timestamp(), signature = sign(body, at)): Promise<Answer> =>
  request(base, 'POST', '/api/shop/events', { raw: body, headers: { 'content-type': 'application/json', 'x-aftercare-timestamp': at, 'x-aftercare-signature': signature } });
const dispatched = (id: string, order = 'AC-100001'): string => JSON.stringify({ type: 'dispatched', id, order, at: today });
const identity = (): string => {
  const seconds = Math.floor(now / 1000);
  return signJwt({ sub: 'cus-0001', aud: 'aftercare', iat: seconds, exp: seconds + 600 }, identitySecret);
};

describe('the shop’s door', () => {
  test('[TB-34] a signed event reaches the buyer in the widget once, also when it is sent again and after a new start', async () => {
    const buyer = await createBuyer(base, { identity: identity() });
    await buyer.ask('hello');
    expect(await post(dispatched('e-1'))).toMatchObject({ status: 202, json: { outcome: 'accepted' } });
    const told = await buyer.hears('LP000100012CN');
    expect(told.text).toContain('keep your phone on');
    expect(told.suggestedActions?.actions.map(({ value }) => JSON.stringify(value)).join()).toContain('i:track_parcel');
    expect(await post(dispatched('e-1'))).toMatchObject({ status: 202, json: { outcome: 'duplicate' } });
    await buyer.leave();
    await served.stop();
    await start();
    expect(await post(dispatched('e-1'))).toMatchObject({ status: 202, json: { outcome: 'duplicate' } });
    const log = await served.core.store.readLog((await served.core.records.reach.of('cus-0001'))[0]?.conversationId ?? '', 0, 100);
    expect(log.filter(({ replies }) => replies?.some(({ key }) => key === 'notice.dispatched'))).toHaveLength(1);
    expect((await post(dispatched('e-2', 'AC-100020'))).json).toEqual({ outcome: 'nobody' });
  });
  test('lets nothing in that is not signed, for this body, at this time, with this key', async () => {
    const body = dispatched('e-3');
    const at = timestamp();
    const refused: readonly (readonly [string, Promise<Answer>])[] = [
      ['no signature', request(base, 'POST', '/api/shop/events', { raw: body, headers: { 'content-type': 'application/json' } })],
      ['another body', post(dispatched('e-4'), at, sign(body, at))], ['another time', post(body, timestamp(1), sign(body, at))], ['another key', post(body, at, sign(body, at, 'another-secret-of-somebody'))],
      ['301 seconds old', post(body, timestamp(-301))], ['from the future', post(body, timestamp(302))], ['a time that is none', post(body, 'now')],
    ];
    for (const [what, answer] of refused) expect([what, (await answer).status, (await answer).json.error?.code]).toEqual([what, 401, 'BadSignature']);
    expect((await post(dispatched('e-5'), timestamp(-299))).status).toBe(202);
  });
  test('says what is wrong with an event, and that an order is not known', async () => {
    expect(await post('{"type": ')).toMatchObject({ status: 400, json: { error: { code: 'BadArgument' } } });
    expect((await post(JSON.stringify({ type: 'dispatched', id: 'e 6', order: 'AC-100001', at: today }))).json.error?.message).toContain('id');
    expect((await post(JSON.stringify({ type: 'eaten', id: 'e-7', order: 'AC-100001', at: today }))).status).toBe(400);
    expect(await post(dispatched('e-8', 'AC-999999'))).toMatchObject({ status: 404, json: { error: { code: 'UnknownOrder' } } });
    const big = JSON.stringify({ type: 'dispatched', id: 'e-9', order: 'x'.repeat(20_000), at: today });
    expect((await post(big)).status).toBe(413);
  });
});
