import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { DIRECT_LINE_SECRET, SHOP, startServer, type Server } from './support.js';

let server: Server;
beforeEach(async () => {
  server = await startServer({ settings: { holdMs: 1_000 } });
});
afterEach(() => server.close());

describe('tokens', () => {
  test("a merchant's server generates a token for a conversation that has not begun", async () => {
    const { status, json } = await server.call('POST', '/v3/directline/tokens/generate', { token: DIRECT_LINE_SECRET });
    expect([status, json]).toEqual([200, { conversationId: expect.any(String), token: expect.any(String), expires_in: 3600 }]);
    const claims = JSON.parse(Buffer.from(String(json['token']).split('.')[1] ?? '', 'base64url').toString()) as Record<string, unknown>;
    expect(claims).toMatchObject({ conv: json['conversationId'], user: expect.stringMatching(/^dl_[\w-]{20,}$/), origins: [], exp: Date.parse(server.clock.now()) / 1000 + 3600, until: expect.any(Number) });
  });

  test('the user and the sites it names are bound into the token', async () => {
    const { json } = await server.call('POST', '/v3/directline/tokens/generate', { token: DIRECT_LINE_SECRET, body: { user: { id: 'dl_0123456789abcdef', name: 'Ada' }, trustedOrigins: ['https://second.example/'] } });
    const started = await server.call('POST', '/v3/directline/conversations', { token: String(json['token']), headers: { origin: SHOP } });
    expect([started.status, started.json.error?.code]).toEqual([401, 'OriginNotAllowed']);
    const right = await server.call('POST', '/v3/directline/conversations', { token: String(json['token']), headers: { origin: 'https://second.example' } });
    expect(right.status).toBe(201);
    await server.say(String(json['conversationId']), String(json['token']), 'hello');
    expect((await server.history(String(json['conversationId']), String(json['token']))).json.activities?.[0]?.from.id).toBe('dl_0123456789abcdef');
  });

  test.each([[{ user: { id: 'ada' } }], [{ user: { id: 'dl_short' } }], [{ trustedOrigins: ['not an origin'] }], [{ trustedOrigins: 'x' }]])('a token asked for with %j is refused with 400', async (body) => {
    expect((await server.call('POST', '/v3/directline/tokens/generate', { token: DIRECT_LINE_SECRET, body })).status).toBe(400);
  });

  test('without the secret there is no token', async () => {
    for (const token of ['wrong', (await server.widgetToken()).token]) expect((await server.call('POST', '/v3/directline/tokens/generate', { token })).status).toBe(401);
    expect((await server.call('POST', '/v3/directline/tokens/generate')).status).toBe(401);
  });

  test('a token is renewed for the same conversation, but not once it has expired', async () => {
    const { token, conversationId } = await server.widgetToken();
    server.clock.advance(59 * 60_000);
    const renewed = await server.call('POST', '/v3/directline/tokens/refresh', { token, headers: { 'content-type': 'application/json' } });
    expect(renewed.json).toEqual({ conversationId, token: expect.any(String), expires_in: 3600 });
    server.clock.advance(2 * 60_000);
    const late = await server.call('POST', '/v3/directline/tokens/refresh', { token });
    expect([late.status, late.json.error?.code]).toEqual([403, 'TokenExpired']);
    expect((await server.history(conversationId, String(renewed.json['token']))).status).toBe(200);
  });

  test('a token cannot be renewed for ever', async () => {
    let { token } = await server.widgetToken();
    let status = 200;
    for (let minutes = 0; minutes < 31 * 24 * 60 && status === 200; minutes += 55) {
      const renewed = await server.call('POST', '/v3/directline/tokens/refresh', { token });
      status = renewed.status;
      token = String(renewed.json['token']);
      server.clock.advance(55 * 60_000);
    }
    expect(status).toBe(403);
  });

  test('the widget gets a token that lives at least the half hour clients count on', async () => {
    const { json, status } = await server.widgetToken(undefined, { origin: SHOP });
    expect([status, json]).toEqual([200, { token: expect.any(String), conversationId: expect.any(String), expires_in: 3600 }]);
  });
});

describe('conversations', () => {
  test('starting answers 201 the first time and 200 after, with a socket address that is absolute', async () => {
    const { token, conversationId } = await server.widgetToken();
    const first = await server.call('POST', '/v3/directline/conversations', { token, body: { user: {}, locale: 'de-DE' } });
    expect([first.status, first.json]).toEqual([201, { conversationId, token: expect.any(String), expires_in: 3600, streamUrl: expect.stringMatching(/^ws:\/\/127\.0\.0\.1:\d+\/v3\/directline\/conversations\/[\w-]+\/stream\?t=/) }]);
    expect(String(first.json['streamUrl'])).not.toContain(token);
    expect((await server.call('POST', '/v3/directline/conversations', { token, body: {} })).status).toBe(200);
    await server.say(conversationId, String(first.json['token']), 'hallo');
    expect(server.log.accepted[0]?.localeHint).toBe('de-DE');
  });

  test('with a public address, sockets and files are under that', async () => {
    await server.close();
    server = await startServer({ settings: { publicUrl: 'https://help.shop.example/' } });
    const { token } = await server.widgetToken();
    const { json } = await server.call('POST', '/v3/directline/conversations', { token });
    expect(json['streamUrl']).toMatch(/^wss:\/\/help\.shop\.example\/v3\/directline\//);
  });

  test('coming back gives a new socket address that begins at the watermark', async () => {
    const { token, conversationId } = await server.widgetToken();
    const { status, json } = await server.call('GET', `/v3/directline/conversations/${conversationId}?watermark=7`, { token });
    expect(status).toBe(200);
    expect(json).toMatchObject({ conversationId, token: expect.any(String) });
    expect(new URL(String(json['streamUrl'])).searchParams.get('watermark')).toBe('7');
  });

  test('a conversation nobody has spoken in yet is known: never 404', async () => {
    const { token, conversationId } = await server.widgetToken();
    expect((await server.history(conversationId, token)).json).toEqual({ activities: [], watermark: '0' });
    expect((await server.call('GET', `/v3/directline/conversations/${conversationId}`, { token })).status).toBe(200);
  });

  test('starting and coming back work while the store is away, since clients would not try again', async () => {
    const { token, conversationId } = await server.widgetToken();
    server.log.goAway(1_000);
    expect((await server.call('POST', '/v3/directline/conversations', { token })).status).toBe(201);
    expect((await server.call('GET', `/v3/directline/conversations/${conversationId}`, { token })).status).toBe(200);
  });

  test('polling while the store is away gets an empty page and its own watermark, and misses nothing after', async () => {
    const { token, conversationId } = await server.widgetToken();
    await server.say(conversationId, token, 'one');
    const first = await server.history(conversationId, token);
    server.log.goAway(1_000);
    const away = await server.history(conversationId, token, String(first.json['watermark']));
    expect([away.status, away.json]).toEqual([200, { activities: [], watermark: first.json['watermark'] }]);
    server.log.goAway(0);
    await server.log.say(`web:${conversationId}`, { text: 'back' });
    expect((await server.history(conversationId, token, String(away.json['watermark']))).json.activities?.map(({ text }) => text)).toEqual(['back']);
  });

  test('history is paged until a page is empty', async () => {
    const { token, conversationId } = await server.widgetToken();
    for (let n = 1; n <= 250; n += 1) await server.log.say(`web:${conversationId}`, { text: `${n}` });
    const texts: unknown[] = [];
    let watermark = '';
    for (;;) {
      const { json } = await server.history(conversationId, token, watermark);
      watermark = String(json['watermark']);
      if (json.activities?.length === 0) break;
      texts.push(...(json.activities ?? []).map(({ text }) => text));
    }
    expect(texts).toEqual(Array.from({ length: 250 }, (_, index) => `${index + 1}`));
    expect(watermark).toBe('250');
  });

  test.each(['abc', '-1', '99999', '1e3', '../7'])('a watermark this log never gave (%s) begins at the beginning', async (watermark) => {
    const { token, conversationId } = await server.widgetToken();
    await server.log.say(`web:${conversationId}`, { text: 'one' });
    expect((await server.history(conversationId, token, encodeURIComponent(watermark))).json.activities).toHaveLength(1);
  });
});

describe('posting', () => {
  test('the message is accepted before the answer, and its echo is the log itself', async () => {
    const { token, conversationId } = await server.widgetToken();
    const activity = { type: 'message', text: 'hello', textFormat: 'plain', locale: 'pt-BR', from: { id: 'someone-else', name: 'Ana' }, channelData: { clientActivityID: 'c-1', attachmentSizes: [], nested: { a: [1, null, 'x'] } } };
    const { status, json } = await server.post(conversationId, token, activity);
    expect(status).toBe(200);
    expect(server.log.accepted[0]).toEqual({
      kind: 'message', id: 'c-1', conversationId: `web:${conversationId}`, channel: 'web', address: { conversation: conversationId }, at: server.clock.now(),
      text: 'hello', localeHint: 'pt-BR', displayName: 'Ana', source: expect.stringMatching(/^[\w-]{22}$/), clientData: { clientActivityID: 'c-1', attachmentSizes: [], nested: { a: [1, null, 'x'] } },
    });
    const echo = (await server.history(conversationId, token)).json.activities?.[0];
    expect(echo).toMatchObject({ id: json['id'], type: 'message', text: 'hello', from: { role: 'user', id: expect.stringMatching(/^dl_/) }, channelData: { clientActivityID: 'c-1', nested: { a: [1, null, 'x'] } } });
  });

  test('the same clientActivityID again is the same message, with the same answer', async () => {
    const { token, conversationId } = await server.widgetToken();
    const answers = [await server.say(conversationId, token, 'hello', 'c-1'), await server.say(conversationId, token, 'hello', 'c-1')];
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    expect(answers[0]?.json['id']).toBe(answers[1]?.json['id']);
    await server.say(conversationId, token, 'hello', 'c-2');
    expect(server.log.accepted).toHaveLength(2);
  });

  test('without one, the activity id counts, and without that every message is a new one', async () => {
    const { token, conversationId } = await server.widgetToken();
    for (const id of ['a-1', 'a-1', undefined, undefined]) await server.post(conversationId, token, { type: 'message', text: 'x', id });
    expect(server.log.accepted).toHaveLength(3);
  });

  test('strange ids stay apart and small', async () => {
    const { token, conversationId } = await server.widgetToken();
    for (const clientActivityID of ['a|b', 'a\n', 'ü'.repeat(400), `${'ü'.repeat(400)}.`]) await server.say(conversationId, token, 'x', clientActivityID);
    expect(new Set(server.log.accepted.map(({ id }) => id)).size).toBe(4);
    for (const { id } of server.log.accepted) expect(id).toMatch(/^[\w.:-]{1,100}$/);
  });

  test.each([
    ['messageBack', { text: 'First', value: { choice: 'a' }, channelData: { messageBack: { displayText: 'First' } } }, { text: 'First', choice: 'a' }],
    ['postBack with an object', { value: { choice: 'a' }, channelData: { postBack: true } }, { choice: 'a' }],
    ['postBack with a text', { text: 'refund', channelData: { postBack: true } }, { text: 'refund' }],
    ['Action.Submit', { value: { choice: 'a', note: 'typed into the card' }, channelData: { postBack: true } }, { choice: 'a' }],
    ['imBack', { text: 'First' }, { text: 'First' }],
    ['a hint of the page', { text: 'hi', channelData: { aftercare: { payload: 'order:1001', customer: 'c-9' } } }, { text: 'hi', payload: 'order:1001' }],
  ])('understands %s', async (_name, activity, expected) => {
    const { token, conversationId } = await server.widgetToken();
    expect((await server.post(conversationId, token, { type: 'message', ...activity })).status).toBe(200);
    const { text, choice, payload, identity } = server.log.accepted[0] ?? {};
    expect(JSON.parse(JSON.stringify({ text, choice, payload, identity }))).toEqual(expected);
  });

  test.each([
    [{ type: 'event', name: 'webchat/join', value: { language: 'en' } }], [{ type: 'typing' }], [{ type: 'conversationUpdate' }], [{ type: 'somethingNew', text: 'x' }],
  ])('%j is accepted with an id and kept by nobody', async (activity) => {
    const { token, conversationId } = await server.widgetToken();
    const { status, json } = await server.post(conversationId, token, activity);
    expect([status, typeof json['id']]).toEqual([200, 'string']);
    expect(server.log.accepted).toHaveLength(0);
  });

  test.each([
    ['an array', []], ['a text', 'hello'], ['no type', { text: 'x' }], ['a number for a text', { type: 'message', text: 7 }], ['nothing said', { type: 'message', text: '  ' }],
    ['a choice too long', { type: 'message', value: { choice: 'x'.repeat(65) } }], ['a choice that is no text', { type: 'message', value: { choice: { $gt: '' } } }],
    ['channel data that is no object', { type: 'message', text: 'x', channelData: ['x'] }], ['a picture by address', { type: 'message', attachments: [{ contentType: 'image/png', contentUrl: 'http://169.254.169.254/x' }] }],
    ['heaps of channel data', { type: 'message', text: 'x', channelData: { heap: 'x'.repeat(40_000) } }],
  ])('%s is refused with 400 and a reason', async (_name, activity) => {
    const { token, conversationId } = await server.widgetToken();
    const { status, json } = await server.post(conversationId, token, activity);
    expect(status).toBe(400);
    expect(json.error?.message).toMatch(/\w{4}/);
    expect(server.log.accepted).toHaveLength(0);
  });

  test('200,000 characters are a message; one more is not; a megabyte is told so clearly', async () => {
    const { token, conversationId } = await server.widgetToken();
    expect((await server.say(conversationId, token, '语'.repeat(200_000))).status).toBe(200);
    for (const length of [200_001, 1_048_576]) {
      const { status, json } = await server.say(conversationId, token, 'x'.repeat(length));
      expect([status, json.error?.code]).toEqual([400, 'MessageTooLong']);
    }
    expect((await server.say(conversationId, token, 'x'.repeat(3_000_000))).status).toBe(413);
  });

  test('control characters and broken letters do no harm', async () => {
    const { token, conversationId } = await server.widgetToken();
    const raw = '{"type":"message","text":"a\\u0000b\\u001b[31m\\ud800c\\n\\td","channelData":{"clientActivityID":"c-1","x\\u0000":"\\u0007"}}';
    expect((await server.call('POST', `/v3/directline/conversations/${conversationId}/activities`, { token, raw, headers: { 'content-type': 'application/json' } })).status).toBe(200);
    expect(server.log.accepted[0]?.text).toBe('ab[31m\ufffdc\n\td');
    expect(server.log.accepted[0]?.clientData).toEqual({ clientActivityID: 'c-1', x: '' });
  });

  test('malformed JSON and poisoned JSON are 400', async () => {
    const { token, conversationId } = await server.widgetToken();
    for (const raw of ['{"type":', '{"__proto__":{"type":"message"}}', '[1,']) {
      expect((await server.call('POST', `/v3/directline/conversations/${conversationId}/activities`, { token, raw, headers: { 'content-type': 'application/json' } })).status).toBe(400);
    }
  });

  test('a store that is away for a moment is waited for; one that stays away is a 503, and nothing is half accepted', async () => {
    const { token, conversationId } = await server.widgetToken();
    server.log.goAway(2);
    expect((await server.say(conversationId, token, 'patience', 'c-1')).status).toBe(200);
    server.log.goAway(1_000);
    const { status, json } = await server.say(conversationId, token, 'gone', 'c-2');
    expect([status, json.error?.code]).toEqual([503, 'ServiceUnavailable']);
    server.log.goAway(0);
    expect((await server.say(conversationId, token, 'gone', 'c-2')).status).toBe(200);
    expect(server.log.accepted.map(({ text }) => text)).toEqual(['patience', 'gone']);
  });

  test('a store that says nothing at all is not waited for without end: a 503, and the same message again is the same message', async () => {
    const { token, conversationId } = await server.widgetToken();
    const before = server.log.accepted.length;
    const isOver = server.log.goSilent();
    const { status, json } = await server.say(conversationId, token, 'silence', 'c-3');
    expect([status, json.error?.code]).toEqual([503, 'ServiceUnavailable']);
    isOver();
    expect((await server.say(conversationId, token, 'silence', 'c-3')).status).toBe(200);
    expect(server.log.accepted.slice(before).map(({ text }) => text)).toEqual(['silence']);
  }, 15_000);
});

describe('what the bot says', () => {
  test('carries roles, names, growing times and sequence ids', async () => {
    const { token, conversationId } = await server.widgetToken();
    const id = `web:${conversationId}`;
    await server.log.say(id, { text: 'bot here' });
    await server.log.say(id, { text: 'Mia here', from: 'agent', agent: { id: '7', name: 'Mia' } });
    await server.log.say(id, { text: 'Mia joined', from: 'system' });
    const activities = (await server.history(conversationId, token)).json.activities ?? [];
    expect(activities.map(({ from }) => from)).toEqual([{ id: 'bot', name: 'Aftercare', role: 'bot' }, { id: 'agent-7', name: 'Mia', role: 'bot' }, { id: 'bot', name: 'Aftercare', role: 'bot' }]);
    const times = activities.map(({ timestamp }) => Date.parse(timestamp));
    expect(times).toEqual([...new Set(times)].sort((a, b) => a - b));
    expect(activities.map(({ channelData }) => channelData?.['webchat:sequence-id'])).toEqual(times);
    for (const activity of activities) {
      expect(activity).toMatchObject({ type: 'message', textFormat: 'plain', locale: 'en', conversation: { id: conversationId } });
      expect(activity).not.toHaveProperty('replyToId');
    }
  });

  test('a line that was put back under another number is the same activity; another line is another', async () => {
    const { token, conversationId } = await server.widgetToken();
    const id = `web:${conversationId}`;
    for (const said of [{ id: 'turn-1.r', text: 'once' }, { id: 'turn-2.r', text: 'once' }, { id: 'turn-1.r', text: 'once' }]) await server.log.say(id, said);
    const ids = ((await server.history(conversationId, token)).json.activities ?? []).map((activity) => activity.id);
    expect(ids[2]).toBe(ids[0]);
    expect(new Set(ids).size).toBe(2);
  });

  test('choices, links and files become suggested actions, a hero card and signed attachments', async () => {
    const { token, conversationId } = await server.widgetToken();
    const id = `web:${conversationId}`;
    const { fileId } = await server.files.put(Buffer.from('%PDF-1.7'), { conversationId: id, name: 'label.pdf', type: 'application/pdf', at: server.clock.now() });
    await server.log.say(id, {
      text: 'here', choices: [{ id: 'yes', label: 'Ja' }], files: [{ fileId, name: 'label.pdf', type: 'application/pdf', size: 8 }],
      links: [{ label: 'Track', url: 'https://carrier.example/1' }, { label: 'bad', url: 'javascript:alert(1)' }],
    });
    const [activity] = (await server.history(conversationId, token)).json.activities ?? [];
    expect(activity?.suggestedActions).toEqual({ to: [expect.stringMatching(/^dl_/)], actions: [{ type: 'messageBack', title: 'Ja', text: 'Ja', displayText: 'Ja', value: { choice: 'yes' } }] });
    expect(activity?.attachments).toEqual([
      { contentType: 'application/pdf', name: 'label.pdf', contentUrl: expect.stringContaining('/v3/directline/attachments/') },
      { contentType: 'application/vnd.microsoft.card.hero', content: { buttons: [{ type: 'openUrl', title: 'Track', value: 'https://carrier.example/1' }] } },
    ]);
    expect(activity?.channelData).toMatchObject({ aftercare: { speaker: 'bot', seq: 1, choices: [{ id: 'yes', label: 'Ja' }] } });
    const loaded = await server.call('GET', activity?.attachments?.[0]?.contentUrl ?? '');
    expect([loaded.status, loaded.json['text']]).toEqual([200, '%PDF-1.7']);
  });

  test('nothing has to be sent: the log is the delivery', async () => {
    expect(await server.channel.send(await server.log.say('web:x', { text: 'x' }), {})).toEqual({ sent: true });
  });
});

test('browsers of other sites are told what they may send', async () => {
  for (const path of ['/v3/directline/conversations', '/v3/directline/conversations/x/activities', '/api/widget/token']) {
    const { status, headers } = await server.call('OPTIONS', path, { headers: { origin: SHOP, 'access-control-request-method': 'POST', 'access-control-request-headers': 'authorization,content-type,x-ms-bot-agent,x-requested-with' } });
    expect(status).toBe(204);
    expect(headers.get('access-control-allow-origin')).toBe(SHOP);
    for (const name of ['authorization', 'content-type', 'x-ms-bot-agent', 'x-requested-with']) expect(headers.get('access-control-allow-headers')).toContain(name);
    for (const method of ['GET', 'POST']) expect(headers.get('access-control-allow-methods')).toContain(method);
  }
  const refused = await server.call('POST', '/v3/directline/conversations', { headers: { origin: SHOP } });
  expect([refused.status, refused.headers.get('access-control-allow-origin')]).toEqual([401, SHOP]);
});
