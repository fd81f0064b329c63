import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { createHmac } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import WebSocket from 'ws';
import { deriveKey, signJwt } from '../../src/channels/web/jwt.js';
import { dataFolder, run, serveProcess, until, type ServedProcess } from '../support/served.js';
import { createBuyer, request, type Answer, type Buyer } from './buyer.js';
import { words } from './words.js';

jest.setTimeout(60_000);

const SHOP = 'https://shop.example';
const secrets = { DIRECT_LINE_SECRET: 'planted-direct-line-secret', WIDGET_IDENTITY_SECRET: 'planted-identity-secret', TOKEN_SECRET: 'planted-token-secret' };
let folder: ReturnType<typeof dataFolder>;
let server: ServedProcess;
let buyer: Buyer;
beforeAll(async () => {
  folder = dataFolder();
  server = await serveProcess(folder.path, { ...secrets, WIDGET_ALLOWED_ORIGINS: SHOP, TRUST_PROXY: 'true', LOG_LEVEL: 'debug' });
  buyer = await createBuyer(server.url, { headers: { 'x-forwarded-for': '10.2.0.1' } });
});
afterAll(async () => {
  await buyer?.leave();
  await server?.stop();
  folder?.remove();
});

let address = 1;
/** A request from an address of its own, so that none is refused for being one too many. */
const ask = (method: string, path: string, given: Parameters<typeof request>[3] = {}): Promise<Answer> =>
  request(server.url, method, path, { ...given, headers: { 'x-forwarded-for': `10.3.${(address += 1) >> 8}.${address & 255}`, ...given.headers } });
/** A buyer with a conversation of their own. */
const customer = (): Promise<Buyer> => createBuyer(server.url, { headers: { 'x-forwarded-for': `10.4.0.${(address += 1) & 255}` } });
const json = { 'content-type': 'application/json' };
const activities = (): string => `/v3/directline/conversations/${buyer.conversationId}/activities`;
const jwt = (claims: object, secret: string, header: object = { alg: 'HS256', typ: 'JWT' }): string => {
  const head = [header, claims].map((one) => Buffer.from(JSON.stringify(one)).toString('base64url')).join('.');
  return `${head}.${createHmac('sha256', secret).update(head).digest('base64url')}`;
};
const inMinutes = (minutes: number): number => Math.floor(Date.now() / 1000) + minutes * 60;

/** Refused, in our own words: a status of the 400s and an error that says what is wrong and gives nothing away. */
function refused(answer: Answer, statuses: readonly number[], label: string): void {
  expect([label, answer.status, statuses.includes(answer.status)]).toEqual([label, answer.status, true]);
  expect([label, answer.json.error]).toEqual([label, { code: expect.stringMatching(/^[A-Z]\w+$/), message: expect.stringMatching(/^[^\n]{10,}$/) }]);
  expect(answer.text).not.toMatch(/node_modules|\/work\/|at \w+ \(|FST_|SQLITE|planted/);
}

describe('bodies', () => {
  const places = (): [string, string, string | undefined][] => [
    ['POST', '/api/widget/token', undefined], ['POST', '/v3/directline/conversations', buyer.token], ['POST', activities(), buyer.token], ['POST', '/v3/directline/tokens/generate', secrets.DIRECT_LINE_SECRET],
  ];
  const shapes: [string, string][] = [
    ['not JSON', '{"text": '], ['a bare word', 'hello'], ['a list', '[1,2,3]'], ['a number', '7'], ['a text', '"hello"'], ['a control character in a text', '{"identity":"\u0001","user":7,"type":"message\u0000"}'],
    ['the wrong kinds of values', '{"identity":{"a":1},"user":"me","type":7,"text":{}}'], ['deep beyond sense', `{"identity":${'['.repeat(6_000)}${']'.repeat(6_000)},"user":${'['.repeat(6_000)}${']'.repeat(6_000)}}`],
    ['a poisoned prototype', '{"__proto__":{"isAdmin":true},"type":"message","text":"x"}'],
  ];
  test.each(shapes)('%s is refused with 400 at every door', async (name, raw) => {
    for (const [method, path, token] of places()) {
      refused(await ask(method, path, { raw, headers: json, ...(token === undefined ? {} : { token }) }), [400], `${name} at ${path}`);
    }
    for (const path of ['/desk/api/sign-in', '/desk/api/join', '/desk/api/invites/look']) {
      refused(await ask('POST', path, { raw, headers: { ...json, origin: server.url } }), [400], `${name} at ${path}`);
    }
  });

  test('larger than a door takes is refused with 413 before it is read to the end', async () => {
    const big = JSON.stringify({ type: 'message', text: 'x'.repeat(3_000_000) });
    for (const [method, path, token] of places()) refused(await ask(method, path, { raw: big, headers: json, ...(token === undefined ? {} : { token }) }), [413], path);
    refused(await ask('POST', '/desk/api/sign-in', { raw: big, headers: { ...json, origin: server.url } }), [413], 'the desk');
    const upload = `/v3/directline/conversations/${buyer.conversationId}/upload`;
    const file = Buffer.alloc(22_000_000, 1);
    refused(await ask('POST', upload, { raw: file, token: buyer.token, headers: { 'content-type': 'image/png', 'content-disposition': 'attachment; filename="a.png"' } }), [413], 'an upload');
  });

  test.each([['text/plain'], ['application/xml'], ['multipart/form-data; boundary=x'], ['application/x-www-form-urlencoded'], ['application/json; charset=utf-7'], ['nonsense']])('%s is no type to send a message as', async (type) => {
    const raw = '{"type":"message","text":"hello"}';
    const answer = await ask('POST', activities(), { raw, token: buyer.token, headers: { 'content-type': type } });
    if (type.startsWith('application/json')) return expect(answer.status).toBe(200);
    refused(answer, [400, 415], type);
    refused(await ask('POST', '/desk/api/sign-in', { raw, headers: { origin: server.url, 'content-type': type } }), [415], type);
  });

  test('a file that is not what it says it is is refused, with the kinds that are taken', async () => {
    const upload = `/v3/directline/conversations/${buyer.conversationId}/upload`;
    for (const [name, raw] of [['a.png', '<svg onload=alert(1)>'], ['a.pdf', '<!doctype html><script>1</script>'], ['a.exe', 'MZ…']] as const) {
      const answer = await ask('POST', upload, { raw, token: buyer.token, headers: { 'content-type': 'image/png', 'content-disposition': `attachment; filename="${name}"` } });
      refused(answer, [400], name);
      expect(answer.json.error?.message).toMatch(/PNG.*PDF/);
    }
    refused(await ask('POST', upload, { raw: '--x\r\nbroken', token: buyer.token, headers: { 'content-type': 'multipart/form-data; boundary=x' } }), [400], 'a broken form');
  });
});

describe('texts', () => {
  test('of a megabyte is refused with its length, one as long as allowed is answered', async () => {
    const answer = await buyer.say('я'.repeat(500_000));
    refused(answer, [400], 'a megabyte');
    expect(answer.json.error?.message).toContain('500000');
    expect((await buyer.ask('a '.repeat(100_000))).text).not.toBe('');
    // One word of that length holds nobody up either: whatever reads it reads it once, not once a letter.
    for (const word of ['a', 'Ab', 'a-', 'a.', '7', 'я', '我']) expect([word, (await buyer.ask(word.repeat(200_000 / word.length))).text === '']).toEqual([word, false]);
  });

  test('of control characters alone is no message; among words they are left out', async () => {
    refused(await buyer.say('\u0000\u0001\u0007\u001b\u007f'), [400], 'control characters');
    refused(await buyer.say('   \n\t '), [400], 'blanks');
    await buyer.ask('Are you\u0000 a bot\u001b?');
    expect((await buyer.history()).findLast(({ from }) => from.role === 'user')?.text).toBe('Are you a bot?');
  });

  test('with half surrogates, right-to-left marks, a thousand accents and every plane are answered', async () => {
    const buyer = await customer();
    const odd = ['half \ud83d here', '\udc00\udc00', '\u202Etxet desrever', `e${'\u0301'.repeat(1_000)}`, '👩‍👩‍👧‍👦'.repeat(200), '𠀀𠀁\u{10FFFF}', '\uFEFFhello', '%00%0a{{7*7}}${7*7}', "'; drop table orders; --", '<img src=x onerror=alert(1)>', '{number}{', "it's '{'"];
    for (const text of odd) {
      const answer = await buyer.ask(text);
      expect([text, answer.text === '']).toEqual([text, false]);
    }
    expect(Buffer.from(JSON.stringify(await buyer.history())).toString()).not.toContain('\ud83d here');
    await buyer.leave();
  });
});

describe('proofs of who one is', () => {
  test('a wrong, foreign, truncated, unsigned or expired token opens nothing', async () => {
    const [head = '', claims = '', signature = ''] = buyer.token.split('.');
    const real = JSON.parse(Buffer.from(claims, 'base64url').toString()) as Record<string, unknown>;
    const forged = { ...real, conv: 'another' };
    const tokens: [string, string][] = [
      ['none at all', ''], ['nonsense', 'abc'], ['truncated', buyer.token.slice(0, -3)], ['another’s claims', `${head}.${Buffer.from(JSON.stringify(forged)).toString('base64url')}.${signature}`],
      ['unsigned', `${Buffer.from('{"alg":"none"}').toString('base64url')}.${claims}.`], ['signed with another key', jwt(real, 'another')], ['signed with the setting itself', jwt(real, secrets.TOKEN_SECRET)],
    ];
    for (const [name, token] of tokens) {
      for (const [method, path] of [['POST', '/v3/directline/conversations'], ['POST', '/v3/directline/tokens/refresh'], ['GET', activities()], ['POST', activities()], ['GET', `/v3/directline/conversations/${buyer.conversationId}`]] as const) {
        refused(await ask(method, path, { ...(method === 'POST' ? { body: { type: 'message', text: 'x' } } : {}), headers: { authorization: `Bearer ${token}` } }), [401], `${name}: ${method} ${path}`);
      }
    }
    const expired = signJwt({ ...real, exp: inMinutes(-1) }, deriveKey(secrets.TOKEN_SECRET, 'token'));
    for (const [method, path] of [['GET', activities()], ['POST', '/v3/directline/tokens/refresh']] as const) {
      const answer = await ask(method, path, { token: expired });
      refused(answer, [403], `expired: ${path}`);
      expect(answer.json.error?.code).toBe('TokenExpired');
    }
    refused(await ask('GET', activities().replace(buyer.conversationId, 'somebody-else'), { token: buyer.token }), [401], 'another conversation');
    refused(await ask('POST', '/v3/directline/tokens/generate', { token: 'wrong' }), [401], 'a wrong secret');
  });

  test('an identity the shop did not sign, or signed for too long, too early or somebody else, signs nobody in', async () => {
    const claims = { sub: 'cus-0001', aud: 'aftercare', exp: inMinutes(5) };
    const identities: [string, string][] = [
      ['another key', jwt(claims, 'another')], ['no signature', jwt(claims, secrets.WIDGET_IDENTITY_SECRET, { alg: 'none' })], ['expired', jwt({ ...claims, exp: inMinutes(-1) }, secrets.WIDGET_IDENTITY_SECRET)],
      ['a day ahead', jwt({ ...claims, exp: inMinutes(1440) }, secrets.WIDGET_IDENTITY_SECRET)], ['another audience', jwt({ ...claims, aud: 'else' }, secrets.WIDGET_IDENTITY_SECRET)], ['no audience', jwt({ sub: 'cus-0001', exp: inMinutes(5) }, secrets.WIDGET_IDENTITY_SECRET)],
      ['no subject', jwt({ ...claims, sub: '' }, secrets.WIDGET_IDENTITY_SECRET)], ['not yet valid', jwt({ ...claims, nbf: inMinutes(4) }, secrets.WIDGET_IDENTITY_SECRET)], ['nonsense', 'a.b.c'],
    ];
    for (const [name, identity] of identities) refused(await ask('POST', '/api/widget/token', { body: { identity } }), [401], name);
    expect((await ask('POST', '/api/widget/token', { body: { identity: jwt(claims, secrets.WIDGET_IDENTITY_SECRET) } })).status).toBe(200);
  });

  test('a site that is not allowed gets no token, no conversation, no stream, and no word to its browser', async () => {
    const foreign = { origin: 'https://evil.example' };
    for (const [method, path] of [['POST', '/api/widget/token'], ['POST', '/v3/directline/conversations'], ['GET', activities()], ['POST', activities()], ['POST', '/api/sample/identity']] as const) {
      const answer = await ask(method, path, { ...(method === 'POST' ? { body: { type: 'message', text: 'x' } } : {}), token: buyer.token, headers: foreign });
      refused(answer, [401], path);
      expect(answer.headers.get('access-control-allow-origin')).toBeNull();
    }
    expect((await ask('OPTIONS', '/api/widget/token', { headers: foreign })).headers.get('access-control-allow-origin')).toBeNull();
    expect((await ask('POST', '/api/widget/token', { body: {}, headers: { origin: SHOP } })).headers.get('access-control-allow-origin')).toBe(SHOP);
    const { json: resumed } = await ask('GET', `/v3/directline/conversations/${buyer.conversationId}`, { token: buyer.token });
    const status = (url: string, origin?: string) => new Promise<number>((resolve) => {
      const socket = new WebSocket(url, origin === undefined ? {} : { origin });
      socket.on('unexpected-response', (sent, response) => {
        resolve(response.statusCode ?? 0);
        sent.destroy();
      });
      socket.on('open', () => {
        socket.terminate();
        resolve(101);
      });
      socket.on('error', () => undefined);
    });
    const stream = String(resumed['streamUrl']);
    expect(await status(stream, 'https://evil.example')).toBe(401);
    expect(await status(stream.replace(/t=[^&]+/, `t=${buyer.token}`))).toBe(401);
    expect(await status(stream)).toBe(101);
    expect(await status(`${server.url.replace('http', 'ws')}/desk/api/live`, server.url)).toBe(401);
  });

  test('the desk’s doors are shut to whoever is not signed in or comes from another site', async () => {
    for (const path of ['/me', '/queue', '/conversations', '/conversation/web:x', '/conversation/web:x/lines', '/agents', '/files/x']) refused(await ask('GET', `/desk/api${path}`), [401], path);
    for (const path of ['/conversation/web:x/acts', '/invites', '/agents/x/disable']) {
      refused(await ask('POST', `/desk/api${path}`, { body: {}, headers: { origin: server.url } }), [401], path);
      refused(await ask('POST', `/desk/api${path}`, { body: {}, headers: { origin: 'https://evil.example' } }), [403], path);
      refused(await ask('POST', `/desk/api${path}`, { body: {} }), [403], path);
    }
  });
});

describe('addresses', () => {
  test('unknown ones and unknown methods are clear errors', async () => {
    for (const path of ['/nothing', '/api/nothing', '/v3/directline/nothing', '/desk/api/nothing', '/api/messages', `/${'a'.repeat(3_000)}`, '/v3/directline/attachments/nothing']) refused(await ask('GET', path), [404, 401], path);
    for (const method of ['PUT', 'DELETE', 'PATCH', 'TRACE'].filter((one) => one !== 'TRACE')) refused(await ask(method, activities(), { token: buyer.token, body: {} }), [404, 405], method);
    refused(await ask('POST', '/health', { body: {} }), [404, 405], 'POST /health');
  });

  test('no way leads out of the folder of pages', async () => {
    const ways = ['/../package.json', '/..%2fpackage.json', '/%2e%2e/%2e%2e/package.json', '/assets/../../cli/aftercare.js', '/assets/..%2f..%2f..%2fpackage.json', '/..\\package.json', '/%5c..%5c..%5cpackage.json', '//etc/passwd', '/.server', '/desk/../../secrets.json', '/%00', '/%', '/%c0%ae%c0%ae/package.json', '/.env', '/.git/config'];
    for (const way of ways) {
      const { status, body } = await raw(`GET ${way} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n`);
      expect([way, [400, 403, 404].includes(status)]).toEqual([way, true]);
      expect(body).not.toMatch(/"dependencies"|root:x|#!\/usr\/bin/);
    }
  });

  test('what is no HTTP, headers without end and requests smuggled in others are refused, and the next request is answered', async () => {
    const bombs: [string, string, number[]][] = [
      ['nonsense', 'HELLO\r\n\r\n', [400]], ['a header of 100 kB', `GET / HTTP/1.1\r\nhost: x\r\nx: ${'a'.repeat(100_000)}\r\n\r\n`, [431]],
      ['ten thousand headers', `GET / HTTP/1.1\r\nhost: x\r\n${'x: y\r\n'.repeat(10_000)}\r\n`, [431]], ['two lengths', 'POST /api/widget/token HTTP/1.1\r\nhost: x\r\ncontent-length: 2\r\ncontent-length: 5\r\n\r\n{}', [400]],
      ['length and chunks', 'POST /api/widget/token HTTP/1.1\r\nhost: x\r\ncontent-length: 2\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n', [400]], ['no host', 'GET / HTTP/1.1\r\n\r\n', [400]], ['a cookie of nonsense', `GET /desk/api/me HTTP/1.1\r\nhost: x\r\ncookie: ${'=;%%;aftercare-desk=%E0%A4%A;'.repeat(200)}\r\nconnection: close\r\n\r\n`, [401]],
    ];
    for (const [name, bytes, statuses] of bombs) {
      const { status } = await raw(bytes);
      expect([name, status, statuses.includes(status)]).toEqual([name, status, true]);
    }
    expect((await ask('GET', '/health')).status).toBe(200);
  });
});

/** Bytes as they are, and the status and text that come back. */
function raw(bytes: string): Promise<{ status: number; body: string }> {
  const { port } = new URL(server.url);
  return new Promise((resolve) => {
    const socket = connect(Number(port), '127.0.0.1', () => socket.write(bytes));
    let text = '';
    socket.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
    socket.on('error', () => undefined);
    socket.on('close', () => resolve({ status: Number(/^HTTP\/1\.1 (\d{3})/.exec(text)?.[1] ?? 0), body: text }));
  });
}

/** Everything a folder holds, as bytes in one text. */
function allBytes(path: string): string {
  return readdirSync(path, { recursive: true, encoding: 'utf8' }).map((name) => join(path, name)).filter((file) => statSync(file).isFile()).map((file) => readFileSync(file, 'latin1')).join('\n');
}

describe('what must never be kept', () => {
  const card = '4111111111111111';
  /** The numbers planted here that are found anywhere. */
  const traces = (): string[] => {
    const kept = allBytes(folder.path) + server.out() + server.err();
    return [card, '4242 4242 4242 4242', '5555-5555-5555-4444', 'cvv 739'].filter((one) => kept.includes(one));
  };

  test('a card number that was said is in no file and no log, and neither is a secret or a token', async () => {
    const buyer = await customer();
    const spoken = [`My card is ${card}`, '4242 4242 4242 4242, cvv 739', '5555-5555-5555-4444'];
    for (const text of spoken) await buyer.ask(text);
    await buyer.ask('Are you a bot?');
    expect(traces()).toEqual([]);
    expect(JSON.stringify(await buyer.history())).toContain('•••• 1111');
    const log = server.out() + server.err();
    for (const secret of [...Object.values(secrets), buyer.token, 'planted']) expect(log).not.toContain(secret);
    await buyer.leave();
  });

  test('a card number a client puts around a message is kept no more: in a name, in its own data, in the name of a file', async () => {
    const buyer = await customer();
    const said = `My card is ${card}`;
    expect((await buyer.post({ text: 'hello', from: { id: 'me', name: said }, channelData: { clientActivityID: 'card-1', note: said, deep: [{ er: said }] } })).status).toBe(200);
    const form = new FormData();
    form.append('file', new Blob([Buffer.from('%PDF-1.4 x')], { type: 'application/pdf' }), `card ${card}.pdf`);
    const uploaded = await fetch(`${server.url}/v3/directline/conversations/${buyer.conversationId}/upload?userId=me`, { method: 'POST', headers: { authorization: `Bearer ${buyer.token}` }, body: form });
    expect(uploaded.status).toBe(200);
    await buyer.hearsCount(2);
    expect(traces()).toEqual([]);
    await buyer.leave();
  });

  test('nothing that was sent here broke a turn or the server', async () => {
    for (const event of ['turn.failed', 'turn.set-aside', 'claim.failed', 'effect.failed', 'request failed']) expect(server.logged(event)).toEqual([]);
    expect(server.child.exitCode).toBeNull();
    const last = await customer();
    expect((await last.ask('Are you a bot?')).text).toContain(words('bot.yes'));
    await last.leave();
  });

  test('every turn is a line of the log that names its conversation and itself', async () => {
    const one = await customer();
    await one.ask('Are you a bot?');
    const turns = (): ReturnType<ServedProcess['logged']> => server.logged('turn').filter(({ conversation }) => conversation === `web:${one.conversationId}`);
    await until('the line', () => turns().length > 0);
    expect(turns()).toEqual([expect.objectContaining({ turn: expect.any(String), channel: 'web', intent: expect.any(String), outcome: 'committed', ms: expect.any(Number) })]);
    expect(server.logged('turn').filter(({ conversation, turn }) => typeof conversation !== 'string' || typeof turn !== 'string')).toEqual([]);
    await one.leave();
  });
});

describe('ten thousand random texts in the terminal', () => {
  /** FUZZ_TEXTS=10000 npm test test/server/bad-input.test.ts sends more; `aftercare fuzz` is made for long runs. */
  const texts = Number(process.env['FUZZ_TEXTS'] ?? 5_000);
  const pieces = ['order', 'AC-100001', 'anna@example.com', 'yes', 'no', 'ja', '是', 'отмена', 'return', 'адрес', 'مرحبا', '12', '#', '{', '}', "'", '"', '\\', '\u0000', '\u001b[31m', '\ud800', '\udfff', '\u202e', '👩‍👩‍👧', '../../etc/passwd', '%s%n', 'NaN', '-1', '1e309', '4111 1111 1111 1111', 'LP000100012CN', 'tomorrow', '第二个', 'lámpara', '\n', '\t', '   ', '🇵🇱', 'ﷺ', '__proto__', 'constructor', '<b>', '&amp;', '/start x'];
  /** A random text: of known pieces, of any letters at all, of one thing again and again, or long. */
  function randomText(random: (below: number) => number): string {
    switch (random(8)) {
      case 0: return String.fromCodePoint(...Array.from({ length: 1 + random(30) }, () => random(0x110000)));
      case 1: return String.fromCharCode(...Array.from({ length: 1 + random(60) }, () => random(0x10000)));
      case 2: return (pieces[random(pieces.length)] ?? '').repeat(1 + random(400));
      case 3: return String.fromCharCode(...Array.from({ length: 1 + random(80) }, () => random(128)));
      default: return Array.from({ length: random(12) }, () => pieces[random(pieces.length)]).join(random(3) === 0 ? '' : ' ');
    }
  }

  test('every one is answered by an object of its session, in order, the process lives and no turn fails', async () => {
    const halves = await Promise.all([1, 2].map(async (half) => {
      const own = dataFolder();
      const terminal = run(['chat', '--jsonl'], { DATA_DIR: own.path });
      const random = seeded(half);
      const sent = Array.from({ length: texts / 2 }, (_, index) => ({ session: `s${index % 125}`, text: randomText(random) }));
      terminal.child.stdin?.end([...sent.map((one) => JSON.stringify(one)), 'not json', '{"session":7}', '[]', '{"session":"last","text":"Are you a bot?"}', ''].join('\n'));
      const code = await terminal.ended;
      own.remove();
      return { code, sent, err: terminal.err(), answers: terminal.out().trim().split('\n').map((line) => JSON.parse(line) as { session?: string; replies?: { text: string }[]; trace?: unknown; error?: string }) };
    }));
    for (const { code, sent, err, answers } of halves) {
      expect([code, err]).toEqual([0, '']);
      expect(answers.length).toBe(sent.length + 4);
      const wrong = sent.flatMap((one, index) => {
        const answer = answers[index];
        const isRight = answer?.session === one.session && Array.isArray(answer.replies) && 'trace' in answer && answer.replies.every(({ text }) => typeof text === 'string' && text.trim() !== '' && !/undefined|\[object|NaN/.test(text));
        return isRight ? [] : [{ ...one, answer }];
      });
      expect(wrong.slice(0, 3)).toEqual([]);
      expect(answers.slice(-4, -1).map(({ error }) => typeof error)).toEqual(['string', 'string', 'string']);
      expect(answers.at(-1)?.replies?.[0]?.text).toContain(words('bot.yes'));
    }
  }, 280_000);
});

/** Random numbers from a seed, so that a text that broke something can be had again. */
function seeded(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}
