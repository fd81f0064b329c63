import { createHmac } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { SignJWT } from 'jose';
import { createRateLimiter } from '../../../src/http/rate-limit.js';
import { DIRECT_LINE_SECRET, IDENTITY_SECRET, multipart, openSocket, png, SHOP, startServer, type Server } from './support.js';

let server: Server;
beforeEach(async () => {
  server = await startServer();
});
afterEach(() => server.close());

const seconds = () => Math.floor(Date.parse(server.clock.now()) / 1000);
/** Signed by an independent implementation, as a shop's site would. */
const identity = (customer: string, options: { aud?: string; ahead?: number; key?: string; alg?: string } = {}) =>
  new SignJWT({}).setProtectedHeader({ alg: options.alg ?? 'HS256' }).setSubject(customer).setAudience(options.aud ?? 'aftercare').setExpirationTime(seconds() + (options.ahead ?? 600)).sign(new TextEncoder().encode((options.key ?? IDENTITY_SECRET).padEnd(64, '\0').slice(0, options.alg === undefined ? (options.key ?? IDENTITY_SECRET).length : 64)));
const encoded = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
const upload = (given: ReturnType<typeof multipart>, token: string, conversationId: string) => server.call('POST', `/v3/directline/conversations/${conversationId}/upload?userId=x`, { token, ...given });

describe("the site's signed identity", () => {
  test('speaks for its customer in every message', async () => {
    const { token, conversationId, json } = await server.widgetToken({ identity: await identity('cust-1') });
    expect(json).not.toHaveProperty('error');
    await server.say(conversationId, token, 'where is my order');
    expect(server.log.accepted[0]?.identity).toEqual({ customerId: 'cust-1' });
    expect((await server.history(conversationId, token)).json.activities?.[0]?.channelData?.['aftercare']).toEqual({ seq: 1, speaker: 'customer' });
  });

  test('cannot be claimed in channel data', async () => {
    const { token, conversationId } = await server.widgetToken();
    await server.post(conversationId, token, { type: 'message', text: 'hi', channelData: { clientActivityID: 'c-1', aftercare: { customer: 'cust-1' } } });
    expect(server.log.accepted[0]).not.toHaveProperty('identity');
    expect(server.log.accepted[0]?.clientData).toEqual({ clientActivityID: 'c-1' });
    expect((await server.history(conversationId, token)).json.activities).toHaveLength(2);
  });

  test('survives a renewal of the token, but not for ever', async () => {
    let { token, conversationId } = await server.widgetToken({ identity: await identity('cust-1') });
    for (let minutes = 0; minutes < 250; minutes += 50) {
      server.clock.advance(50 * 60_000);
      token = String((await server.call('POST', '/v3/directline/tokens/refresh', { token })).json['token']);
    }
    await server.say(conversationId, token, 'still me');
    expect(server.log.accepted[0]?.identity).toBeUndefined();
  });

  test.each([
    ['unsigned', 'IdentityInvalid', async () => `${encoded({ alg: 'HS256' })}.${encoded({ sub: 'cust-1', aud: 'aftercare', exp: seconds() + 60 })}.`],
    ['alg none', 'IdentityInvalid', async () => `${encoded({ alg: 'none' })}.${encoded({ sub: 'cust-1', aud: 'aftercare', exp: seconds() + 60 })}.`],
    ['alg none, rightly signed', 'IdentityInvalid', async () => {
      const text = `${encoded({ alg: 'none' })}.${encoded({ sub: 'cust-1', aud: 'aftercare', exp: seconds() + 60 })}`;
      return `${text}.${createHmac('sha256', IDENTITY_SECRET).update(text).digest('base64url')}`;
    }],
    ['HS512', 'IdentityInvalid', () => identity('cust-1', { alg: 'HS512' })],
    ['a wrong key', 'IdentityInvalid', () => identity('cust-1', { key: 'another-secret-another-secret-1' })],
    ['the key of our own tokens', 'IdentityInvalid', async () => (await server.widgetToken()).token],
    ['expired', 'IdentityExpired', () => identity('cust-1', { ahead: -1 })],
    ['too long', 'IdentityTooLong', () => identity('cust-1', { ahead: 3600 })],
    ['for somebody else', 'IdentityWrongAudience', () => identity('cust-1', { aud: 'another-service' })],
    ['without a customer', 'IdentityInvalid', () => identity('')],
    ['garbage', 'IdentityInvalid', async () => 'a.b.c'],
  ])('%s is refused with 401 %s', async (_name, code, make) => {
    const { status, json } = await server.widgetToken({ identity: await make() });
    expect([status, json.error?.code]).toEqual([401, code]);
    expect(json['token']).toBeUndefined();
  });

  test.each([[{ identity: 7 }], [{ identity: { $ne: null } }], [{ conversation: [] }], [[]]])('%j is refused with 400', async (body) => {
    expect((await server.widgetToken(body)).status).toBe(400);
  });

  test('without an identity secret nobody can be signed in', async () => {
    const token = await identity('cust-1');
    await server.close();
    server = await startServer({ settings: { identitySecret: undefined } });
    expect((await server.widgetToken({ identity: token })).json.error?.code).toBe('IdentityNotConfigured');
  });

  test('the sample shop signs its one customer in, and only if it is switched on', async () => {
    expect((await server.call('POST', '/api/sample/identity')).status).toBe(404);
    await server.close();
    server = await startServer({ settings: { sampleIdentity: { customerId: 'demo' } } });
    expect((await server.call('POST', '/api/sample/identity', { headers: { origin: SHOP } })).status).toBe(401);
    const { json } = await server.call('POST', '/api/sample/identity', { headers: { origin: server.base } });
    const { token, conversationId } = await server.widgetToken({ identity: json['identity'] }, { origin: server.base });
    await server.say(conversationId, token, 'hi');
    expect(server.log.accepted[0]?.identity).toEqual({ customerId: 'demo' });
  });
});

describe('carrying on an earlier conversation', () => {
  test('an anonymous one goes on within its month, even after its token has expired', async () => {
    const first = await server.widgetToken();
    await server.say(first.conversationId, first.token, 'hello');
    server.clock.advance(20 * 24 * 3_600_000);
    const second = await server.widgetToken({ conversation: first.token });
    expect(second.conversationId).toBe(first.conversationId);
    expect((await server.history(second.conversationId, second.token)).json.activities).toHaveLength(2);
    server.clock.advance(31 * 24 * 3_600_000);
    expect((await server.widgetToken({ conversation: second.token })).conversationId).not.toBe(first.conversationId);
  });

  test('signing in in the middle of a talk takes the talk along', async () => {
    const anonymous = await server.widgetToken();
    await server.say(anonymous.conversationId, anonymous.token, 'hello');
    const signedIn = await server.widgetToken({ conversation: anonymous.token, identity: await identity('cust-1') });
    expect(signedIn.conversationId).toBe(anonymous.conversationId);
  });

  test('a talk somebody left behind at this browser is not handed to whoever signs in later', async () => {
    const left = await server.widgetToken();
    server.clock.advance(2 * 3_600_000);
    expect((await server.widgetToken({ conversation: left.token, identity: await identity('cust-1') })).conversationId).not.toBe(left.conversationId);
  });

  test("a signed-in customer's goes on for that customer, and for nobody else", async () => {
    const first = await server.widgetToken({ identity: await identity('cust-1') });
    await server.say(first.conversationId, first.token, 'my order');
    expect((await server.widgetToken({ conversation: first.token, identity: await identity('cust-1') })).conversationId).toBe(first.conversationId);
    for (const body of [{ conversation: first.token }, { conversation: first.token, identity: await identity('cust-2') }]) {
      const other = await server.widgetToken(body);
      expect(other.conversationId).not.toBe(first.conversationId);
      expect((await server.history(other.conversationId, other.token)).json.activities).toEqual([]);
    }
  });

  test('a token kept from before the customer signed in shows nothing any more once they have spoken', async () => {
    const kept = await server.widgetToken();
    await server.say(kept.conversationId, kept.token, 'a trap');
    const spy = await openSocket(await server.streamUrl(kept.conversationId, kept.token));
    await spy.messages(2);
    const victim = await server.widgetToken({ conversation: kept.token, identity: await identity('cust-1') });
    expect(victim.conversationId).toBe(kept.conversationId);
    await server.say(victim.conversationId, victim.token, 'my address is 1 Private Lane');
    expect(await spy.closed()).toBe(1008);
    expect(spy.texts()).toEqual(['a trap', 'bot: a trap']);
    for (const watermark of ['', '2', '3']) expect((await server.history(kept.conversationId, kept.token, watermark)).json.error?.code).toBe('ConversationClosed');
    expect((await server.say(kept.conversationId, kept.token, 'refund it to me')).status).toBe(401);
    expect((await server.call('GET', `/v3/directline/conversations/${kept.conversationId}`, { token: kept.token })).status).toBe(401);
    expect((await server.widgetToken({ conversation: kept.token })).conversationId).not.toBe(kept.conversationId);
    expect((await server.history(victim.conversationId, victim.token)).json.activities).toHaveLength(4);
    expect((await server.history(victim.conversationId, DIRECT_LINE_SECRET)).json.activities).toHaveLength(4);
  });

  test('what is no token of ours begins a new conversation', async () => {
    const stranger = await server.widgetToken();
    const forged = stranger.token.replace(/^[^.]+\.[^.]+/, `${encoded({ alg: 'none' })}.${encoded({ conv: 'x', user: 'y' })}`);
    for (const conversation of ['x', '', forged]) expect((await server.widgetToken({ conversation })).status).toBe(200);
  });
});

describe('tokens', () => {
  test('must be there and be ours', async () => {
    const { conversationId, token } = await server.widgetToken();
    const [head, claims] = token.split('.');
    const changed = encoded({ ...(JSON.parse(Buffer.from(claims ?? '', 'base64url').toString()) as object), conv: 'other' });
    for (const authorization of ['', 'Bearer', 'Basic eDp5', 'Bearer x', `Bearer ${head}.${changed}.${token.split('.')[2]}`, `Bearer ${encoded({ alg: 'none' })}.${claims}.`, `Bearer ${await identity('cust-1')}`]) {
      for (const [method, path] of [['GET', `/conversations/${conversationId}/activities`], ['POST', `/conversations/${conversationId}/activities`], ['POST', `/conversations/${conversationId}/upload`], ['GET', `/conversations/${conversationId}`], ['POST', '/conversations'], ['POST', '/tokens/refresh'], ['GET', '/session/getsessionid']] as const) {
        const answer = await server.call(method, `/v3/directline${path}`, { headers: { authorization } });
        expect([answer.status, typeof answer.json.error?.code, typeof answer.json.error?.message]).toEqual([401, 'string', 'string']);
      }
    }
  });

  test('of one conversation are worth nothing on another', async () => {
    const one = await server.widgetToken();
    const two = await server.widgetToken();
    const answers = [
      await server.history(two.conversationId, one.token), await server.say(two.conversationId, one.token, 'x'),
      await server.call('GET', `/v3/directline/conversations/${two.conversationId}`, { token: one.token }),
      await upload(multipart([{ name: 'file', fileName: 'x.png', bytes: png }]), one.token, two.conversationId),
    ];
    expect(answers.map(({ status }) => status)).toEqual([401, 401, 401, 401]);
    expect(server.log.accepted).toHaveLength(0);
  });

  test('expired is the only 403 there is', async () => {
    const { conversationId, token } = await server.widgetToken();
    server.clock.advance(3_600_000);
    const answer = await server.say(conversationId, token, 'x');
    expect([answer.status, answer.json.error?.code]).toEqual([403, 'TokenExpired']);
  });

  test('ids beginning with dl_ come from tokens only', async () => {
    const { conversationId, token } = await server.widgetToken();
    await server.post(conversationId, token, { type: 'message', text: 'x', from: { id: 'dl_somebody_else', role: 'bot' } });
    const echo = (await server.history(conversationId, token)).json.activities?.[0];
    expect(echo?.from.id).not.toBe('dl_somebody_else');
    expect(echo?.from.role).toBe('user');
    for (const bearer of [token, DIRECT_LINE_SECRET]) expect((await server.call('POST', '/v3/directline/conversations', { token: bearer, body: { user: { id: 'dl_somebody_else' } } })).json.error?.code).toBe('UnboundUser');
    expect((await server.post('any', DIRECT_LINE_SECRET, { type: 'message', text: 'x', from: { id: 'dl_x' } })).json.error?.code).toBe('UnboundUser');
  });
});

describe('foreign sites', () => {
  test('get no token and cannot use one', async () => {
    const { conversationId, token } = await server.widgetToken(undefined, { origin: SHOP });
    for (const origin of ['https://evil.example', 'null', `${SHOP}.evil.example`, 'http://shop.example']) {
      const answers = [await server.widgetToken(undefined, { origin }), await server.post(conversationId, token, { type: 'message', text: 'x' }, { origin }), await server.call('POST', '/v3/directline/tokens/generate', { token: DIRECT_LINE_SECRET, headers: { origin } })];
      expect(answers.map(({ status, json }) => [status, json.error?.code])).toEqual(Array(3).fill([401, 'OriginNotAllowed']));
      for (const { headers } of answers) expect(headers.get('access-control-allow-origin')).toBeNull();
    }
    expect((await server.post(conversationId, token, { type: 'message', text: 'x' }, { origin: 'https://second.example' })).json.error?.code).toBe('OriginNotAllowed');
    expect((await server.post(conversationId, token, { type: 'message', text: 'x' }, { origin: SHOP })).status).toBe(200);
  });

  test("the server's own site needs no setting, and * allows every site but binds the token to it", async () => {
    expect((await server.widgetToken(undefined, { origin: server.base })).status).toBe(200);
    await server.close();
    server = await startServer({ settings: { allowedOrigins: '*' } });
    const { conversationId, token } = await server.widgetToken(undefined, { origin: 'https://any.example' });
    expect((await server.post(conversationId, token, { type: 'message', text: 'x' }, { origin: 'https://other.example' })).status).toBe(401);
  });
});

describe('files', () => {
  test('a picture is taken by what it is, not by what it says it is', async () => {
    const { conversationId, token } = await server.widgetToken();
    const { status } = await upload(multipart([
      { name: 'activity', fileName: 'blob', type: 'application/vnd.microsoft.activity', bytes: JSON.stringify({ type: 'message', text: 'look', channelData: { clientActivityID: 'u-1' } }) },
      { name: 'file', fileName: '../../etc/pass%22wd\u202e.html', type: 'text/html', bytes: png },
    ]), token, conversationId);
    expect(status).toBe(200);
    expect(server.log.accepted[0]).toMatchObject({ text: 'look', files: [{ name: 'passwd.html', type: 'image/png', size: png.length }] });
  });

  test('the same upload again is the same message with the same files', async () => {
    const { conversationId, token } = await server.widgetToken();
    const body = multipart([{ name: 'activity', type: 'application/vnd.microsoft.activity', bytes: '{"type":"message","channelData":{"clientActivityID":"u-1"}}' }, { name: 'file', fileName: 'a.png', bytes: png }]);
    const answers = [await upload(body, token, conversationId), await upload(body, token, conversationId)];
    expect(answers[0]?.json).toEqual(answers[1]?.json);
    expect([server.log.accepted.length, server.files.all.size]).toEqual([1, 1]);
  });

  test('one raw file is taken too', async () => {
    const { conversationId, token } = await server.widgetToken();
    const { status } = await server.call('POST', `/v3/directline/conversations/${conversationId}/upload`, { token, raw: png, headers: { 'content-type': 'image/png', 'content-disposition': 'name="file"; filename="cup.png"' } });
    expect(status).toBe(200);
    expect(server.log.accepted[0]?.files?.[0]).toMatchObject({ name: 'cup.png', type: 'image/png' });
  });

  test.each([
    ['HTML', '<!doctype html><script>alert(1)</script>'], ['SVG', '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'], ['a program', 'MZ\x90'], ['a zip', 'PK\x03\x04'], ['nothing', ''], ['a QuickTime film', '\0\0\0\x14ftypqt  '],
  ])('%s is refused even when it calls itself a picture, and nothing of the message is kept', async (_name, bytes) => {
    const { conversationId, token } = await server.widgetToken();
    const { status, json } = await upload(multipart([{ name: 'file', fileName: 'ok.png', type: 'image/png', bytes: png }, { name: 'file', fileName: 'x.png', type: 'image/png', bytes: Buffer.from(bytes, 'latin1') }]), token, conversationId);
    expect([status, json.error?.code]).toEqual([400, 'UnsupportedFile']);
    expect(json.error?.message).toContain('PNG, JPEG');
    expect([server.log.accepted.length, server.files.all.size]).toEqual([0, 0]);
  });

  test('too large and too many are refused', async () => {
    const { conversationId, token } = await server.widgetToken();
    const large = Buffer.concat([png, Buffer.alloc(210_000)]);
    expect((await upload(multipart([{ name: 'file', fileName: 'x.png', bytes: large }]), token, conversationId)).status).toBe(413);
    const half = Buffer.concat([png, Buffer.alloc(110_000)]);
    expect((await upload(multipart([1, 2].map((n) => ({ name: 'file', fileName: `${n}.png`, bytes: half }))), token, conversationId)).status).toBe(413);
    expect((await upload(multipart([{ name: 'file', fileName: 'x.png', bytes: Buffer.concat([png, Buffer.alloc(1_800_000)]) }]), token, conversationId)).status).toBe(413);
    const { status, json } = await upload(multipart(Array.from({ length: 12 }, (_, n) => ({ name: 'file', fileName: `${n}.png`, bytes: png }))), token, conversationId);
    expect([status, json.error?.code]).toEqual([400, 'TooManyFiles']);
    expect(server.files.all.size).toBe(0);
  });

  test.each([
    ['no boundary named', 'multipart/form-data', '--X\r\n\r\n--X--'], ['another boundary', 'multipart/form-data; boundary=Y', '--X\r\n\r\n--X--'], ['no end', 'multipart/form-data; boundary=X', '--X\r\nContent-Disposition: form-data; name="file"\r\n\r\nabc'],
    ['no headers', 'multipart/form-data; boundary=X', '--X\r\nabc\r\n--X--'], ['no name', 'multipart/form-data; boundary=X', '--X\r\nContent-Type: image/png\r\n\r\nabc\r\n--X--'], ['an empty body', 'multipart/form-data; boundary=X', ''],
    ['a broken activity', 'multipart/form-data; boundary=X', '--X\r\nContent-Disposition: form-data; name="activity"\r\n\r\n{oops\r\n--X--'], ['nothing inside', 'multipart/form-data; boundary=X', '--X--\r\n'],
    ['an event', 'multipart/form-data; boundary=X', '--X\r\nContent-Disposition: form-data; name="activity"\r\n\r\n{"type":"event"}\r\n--X--'],
  ])('a malformed upload (%s) is 400', async (_name, contentType, raw) => {
    const { conversationId, token } = await server.widgetToken();
    const { status, json } = await server.call('POST', `/v3/directline/conversations/${conversationId}/upload`, { token, raw, headers: { 'content-type': contentType } });
    expect([status, typeof json.error?.code]).toEqual([400, 'string']);
    expect(server.log.accepted).toHaveLength(0);
  });

  test('a file is served as a download that runs nowhere, by its own link only, for a day', async () => {
    const { conversationId, token } = await server.widgetToken();
    await upload(multipart([{ name: 'file', fileName: 'fotö "1".png', bytes: png }]), token, conversationId);
    const url = (await server.history(conversationId, token)).json.activities?.[0]?.attachments?.[0]?.contentUrl ?? '';
    const { status, headers } = await server.call('GET', url);
    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe('image/png');
    expect(headers.get('content-disposition')).toMatch(/^attachment; filename="fot_ ?1?.*"; filename\*=UTF-8''fot%C3%B6/);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('content-security-policy')).toContain('sandbox');
    const link = new URL(url);
    for (const [key, value] of [['c', 'other'], ['e', '99999999999'], ['s', 'x'.repeat(43)], ['s', '']] as const) {
      const changed = new URL(link);
      changed.searchParams.set(key, value);
      expect((await server.call('GET', changed.href)).status).toBe(404);
    }
    expect((await server.call('GET', link.origin + link.pathname)).status).toBe(404);
    server.clock.advance(25 * 3_600_000);
    expect((await server.call('GET', url)).json.error?.code).toBe('LinkExpired');
  });

  test("a file of another conversation is not served, even if a line names it", async () => {
    const victim = await server.widgetToken();
    await upload(multipart([{ name: 'file', fileName: 'id.png', bytes: png }]), victim.token, victim.conversationId);
    const file = server.log.accepted[0]?.files?.[0];
    if (file === undefined) throw new Error('nothing was uploaded');
    const spy = await server.widgetToken();
    await server.log.say(`web:${spy.conversationId}`, { text: 'x', files: [file] });
    const url = (await server.history(spy.conversationId, spy.token)).json.activities?.[0]?.attachments?.[0]?.contentUrl ?? '';
    expect((await server.call('GET', url)).status).toBe(404);
  });

  test('what the bot stored as HTML is never served as HTML', async () => {
    const { conversationId, token } = await server.widgetToken();
    const id = `web:${conversationId}`;
    const { fileId } = await server.files.put(Buffer.from('<script>'), { conversationId: id, name: 'x.html', type: 'text/html', at: server.clock.now() });
    await server.log.say(id, { text: 'x', files: [{ fileId, name: 'x.html', type: 'text/html', size: 8 }] });
    const url = (await server.history(conversationId, token)).json.activities?.[0]?.attachments?.[0]?.contentUrl ?? '';
    expect((await server.call('GET', url)).headers.get('content-type')).toBe('application/octet-stream');
  });
});

describe('floods', () => {
  test('are answered in the ways real clients survive', async () => {
    const { clock } = server;
    await server.close();
    const limiter = (capacity: number) => createRateLimiter({ clock, capacity, perSecond: 0.001 });
    server = await startServer({ limits: { perAddress: limiter(34), perConversation: limiter(4), overall: limiter(10_000) } });
    const { token, conversationId } = await server.widgetToken();
    const statuses = [];
    for (let n = 0; n < 6; n += 1) statuses.push((await server.say(conversationId, token, `${n}`)).status);
    expect(statuses).toEqual([200, 200, 200, 200, 400, 400]);
    expect((await server.say(conversationId, token, 'x')).json.error?.code).toBe('TooManyMessages');
    expect((await server.history(conversationId, token)).json).toEqual({ activities: [], watermark: '' });
    expect((await server.widgetToken()).status).toBe(200);
    expect((await server.widgetToken()).status).toBe(429);
  });

  test('a little too fast is only slowed down', async () => {
    const { clock } = server;
    await server.close();
    server = await startServer({ limits: { perAddress: createRateLimiter({ clock, capacity: 12, perSecond: 50 }), perConversation: createRateLimiter({ clock, capacity: 2, perSecond: 50 }), overall: createRateLimiter({ clock, capacity: 100, perSecond: 50 }) } });
    const { token, conversationId } = await server.widgetToken();
    for (let n = 0; n < 6; n += 1) expect((await server.say(conversationId, token, `${n}`)).status).toBe(200);
  });
});
