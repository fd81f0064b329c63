import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { PASSWORD, serveDesk, type DeskServer } from './support.js';

// Passwords are slow on purpose, and here they are what is tested.
jest.setTimeout(60_000);

let desk: DeskServer;
beforeEach(async () => {
  desk = await serveDesk();
});
afterEach(() => desk.close());

const wrong = { email: 'ada@example.com', password: 'not the password' };

describe('coming in', () => {
  test('the first admin comes in by the printed link, once', async () => {
    const link = await desk.desk.firstAdminLink();
    expect(link).toMatch(/^http:\/\/desk\.example\/desk\/#\/join\/[\w-]{43}$/);
    const token = desk.tokenOf(link);
    const one = desk.caller();
    expect((await one.call('POST', '/invites/look', { token })).json).toMatchObject({ email: null, role: 'admin' });
    const joined = await one.call('POST', '/join', { token, name: 'Ada', email: 'ada@example.com', password: PASSWORD });
    expect([joined.status, joined.json]).toEqual([200, { email: 'ada@example.com' }]);
    expect((await one.call('POST', '/join', { token, name: 'Eve', email: 'eve@example.com', password: PASSWORD })).status).toBe(410);
    expect((await one.call('POST', '/sign-in', { email: 'ADA@example.com ', password: PASSWORD })).json).toMatchObject({ agent: { name: 'Ada', role: 'admin' } });
    expect(await desk.desk.firstAdminLink()).toBeNull();
  });

  test('links of earlier starts are void once there is an agent', async () => {
    const older = desk.tokenOf(await desk.desk.firstAdminLink());
    await desk.admin();
    expect((await desk.caller().call('POST', '/join', { token: older, name: 'Eve', email: 'eve@example.com', password: PASSWORD })).status).toBe(410);
  });

  test('a link runs out after a day', async () => {
    const token = desk.tokenOf(await desk.desk.firstAdminLink());
    desk.clock.advance(24 * 60 + 1);
    expect((await desk.caller().call('POST', '/invites/look', { token })).json.error?.code).toBe('InviteGone');
  });

  test('a password is at least ten characters, and is stored as scrypt with N = 2^17', async () => {
    const token = desk.tokenOf(await desk.desk.firstAdminLink());
    const short = await desk.caller().call('POST', '/join', { token, name: 'Ada', email: 'ada@example.com', password: 'too short' });
    expect([short.status, short.json.error?.message]).toEqual([400, expect.stringContaining('password')]);
    await desk.caller().call('POST', '/join', { token, name: 'Ada', email: 'ada@example.com', password: PASSWORD });
    expect((await desk.records.agents.findByEmail('ada@example.com'))?.passwordHash).toMatch(/^scrypt\$131072\$8\$1\$[\w-]{22}\$[\w-]{43}$/);
  });

  test('unknown, wrong and disabled are answered alike', async () => {
    const ada = await desk.admin();
    await desk.agent(ada, 'Ben');
    await desk.records.agents.setDisabled((await desk.records.agents.findByEmail('ben@example.com'))?.id ?? '', desk.clock.now());
    const answers = await Promise.all([wrong, { ...wrong, email: 'nobody@example.com' }, { email: 'ben@example.com', password: PASSWORD }].map((given) => desk.caller().call('POST', '/sign-in', given)));
    for (const { status, json } of answers) expect([status, json]).toEqual([401, { error: { code: 'WrongSignIn', message: expect.any(String) } }]);
    expect(new Set(answers.map(({ json }) => JSON.stringify(json))).size).toBe(1);
  });

  test.each([['a known', 'ada@example.com'], ['an unknown', 'nobody@example.com']])('after five wrong tries %s address must wait, also with the right password', async (_which, email) => {
    await desk.admin();
    const one = desk.caller();
    const codes: number[] = [];
    for (let n = 0; n < 6; n += 1) codes.push((await one.call('POST', '/sign-in', { email, password: 'not the password' })).status);
    expect(codes).toEqual([401, 401, 401, 401, 401, 429]);
    expect((await one.call('POST', '/sign-in', { email, password: PASSWORD })).status).toBe(429);
    desk.clock.advance(16);
    expect((await one.call('POST', '/sign-in', { email, password: PASSWORD })).status).toBe(email === 'ada@example.com' ? 200 : 401);
  });

  test('many tries at once are counted as many tries', async () => {
    await desk.admin();
    const codes = await Promise.all(Array.from({ length: 20 }, async () => (await desk.caller().call('POST', '/sign-in', wrong)).status));
    expect(codes.filter((code) => code === 401).length).toBeLessThanOrEqual(5);
    expect(codes.filter((code) => code === 429).length).toBeGreaterThanOrEqual(15);
  });
});

describe('sessions', () => {
  test('the cookie is for this host and no script; what is stored is a hash of it', async () => {
    const ada = await desk.admin();
    const { headers } = await ada.call('POST', '/sign-in', { email: 'ada@example.com', password: PASSWORD });
    expect(headers.getSetCookie()[0]).toMatch(/^aftercare-desk=[\w-]{43}; Max-Age=43200; Path=\/; HttpOnly; SameSite=Lax$/);
    expect(await desk.records.agents.findSession(ada.cookie().split('=')[1] ?? '', desk.clock.now())).toBeNull();
  });

  test('over HTTPS the cookie is Secure and bound to the host by its name', async () => {
    await desk.close();
    desk = await serveDesk({ settings: { secureCookies: true } });
    const ada = await desk.admin();
    const { headers } = await ada.call('POST', '/sign-in', { email: 'ada@example.com', password: PASSWORD });
    expect(headers.getSetCookie()[0]).toMatch(/^__Host-aftercare-desk=[\w-]{43};.* Secure/);
    expect((await ada.call('GET', '/me')).status).toBe(200);
  });

  test('the session id changes at sign-in and the old one is dead', async () => {
    const ada = await desk.admin();
    const before = ada.cookie();
    await ada.call('POST', '/sign-in', { email: 'ada@example.com', password: PASSWORD });
    expect(ada.cookie()).not.toBe(before);
    expect((await desk.caller().call('GET', '/me', undefined, { cookie: before })).status).toBe(401);
    expect((await ada.call('GET', '/me')).status).toBe(200);
  });

  test('a session planted before sign-in is not taken up', async () => {
    await desk.admin();
    const planted = `aftercare-desk=${'A'.repeat(43)}`;
    const { headers } = await desk.caller().call('POST', '/sign-in', { email: 'ada@example.com', password: PASSWORD }, { cookie: planted });
    expect(headers.getSetCookie()[0]).not.toContain('AAAAAAAA');
    expect((await desk.caller().call('GET', '/me', undefined, { cookie: planted })).status).toBe(401);
  });

  test('a session ends by time and by signing out', async () => {
    const ada = await desk.admin();
    desk.clock.advance(12 * 60 + 1);
    expect((await ada.call('GET', '/me')).status).toBe(401);
    const again = await desk.signedIn('ada@example.com');
    const cookie = again.cookie();
    await again.call('POST', '/sign-out', {});
    expect(again.cookie()).toBe('');
    expect((await desk.caller().call('GET', '/me', undefined, { cookie })).status).toBe(401);
  });

  test('disabling an agent ends all their sessions; enabling lets them sign in anew', async () => {
    const ada = await desk.admin();
    const ben = await desk.agent(ada, 'Ben');
    const second = await desk.signedIn('ben@example.com');
    const id = (await desk.records.agents.findByEmail('ben@example.com'))?.id;
    expect((await ada.call('POST', `/agents/${id}/disable`, {})).status).toBe(200);
    expect([(await ben.call('GET', '/me')).status, (await second.call('GET', '/queue')).status]).toEqual([401, 401]);
    await ada.call('POST', `/agents/${id}/enable`, {});
    expect((await ben.call('GET', '/me')).status).toBe(401);
    expect((await (await desk.signedIn('ben@example.com')).call('GET', '/me')).status).toBe(200);
  });
});

describe('people', () => {
  test('an invite names its address, is mailed, and serves once', async () => {
    const ada = await desk.admin();
    desk.clock.advance(1);
    const { json, status } = await ada.call('POST', '/invites', { email: 'ben@example.com', role: 'agent', locale: 'es' });
    expect([status, json]).toEqual([200, { link: expect.stringMatching(/\/desk\/#\/join\//), expiresAt: '2026-11-23T10:01:00.000Z', isMailed: true }]);
    expect(desk.mails).toEqual([{ to: 'ben@example.com', subject: expect.any(String), text: expect.stringContaining(String(json['link'])) }]);
    const token = desk.tokenOf(json['link']);
    // The invited address counts, not one that is put in its place.
    const joins = await Promise.all([1, 2, 3].map(() => desk.caller().call('POST', '/join', { token, name: 'Ben', email: 'eve@example.com', password: PASSWORD })));
    expect(joins.map(({ status: code }) => code).sort()).toEqual([200, 410, 410]);
    expect((await ada.call('GET', '/agents')).json['agents']).toMatchObject([{ name: 'Ada', role: 'admin' }, { name: 'Ben', email: 'ben@example.com', role: 'agent' }]);
    expect(JSON.stringify((await ada.call('GET', '/agents')).json)).not.toContain('scrypt');
    expect((await ada.call('POST', '/invites', { email: 'BEN@example.com', role: 'agent' })).json.error?.code).toBe('EmailTaken');
  });

  test('an invite works without a mailer, and when mailing fails', async () => {
    await desk.close();
    desk = await serveDesk({ parts: { mailer: null } });
    const ada = await desk.admin();
    expect((await ada.call('POST', '/invites', { email: 'ben@example.com', role: 'agent' })).json).toMatchObject({ isMailed: false, link: expect.any(String) });
    await desk.close();
    desk = await serveDesk({ parts: { mailer: { send: async () => Promise.reject(new Error('no route')) } } });
    expect((await (await desk.admin()).call('POST', '/invites', { email: 'ben@example.com', role: 'agent' })).json).toMatchObject({ isMailed: false });
  });

  test('only admins see people, invite and disable; nobody disables themselves', async () => {
    const ada = await desk.admin();
    const ben = await desk.agent(ada, 'Ben');
    const adaId = (await desk.records.agents.findByEmail('ada@example.com'))?.id;
    for (const [method, path, body] of [['GET', '/agents', undefined], ['POST', '/invites', { email: 'x@example.com', role: 'admin' }], ['POST', `/agents/${adaId}/disable`, {}], ['POST', `/agents/${adaId}/enable`, {}]] as const) {
      expect((await ben.call(method, path, body)).status).toBe(403);
      expect((await desk.caller().call(method, path, body)).status).toBe(401);
    }
    expect((await ada.call('POST', `/agents/${adaId}/disable`, {})).json.error?.code).toBe('NotYourself');
  });
});
