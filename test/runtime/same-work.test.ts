import { createServer } from 'node:net';
import { afterEach, describe, expect, jest, test } from '@jest/globals';
import { createSmtpMailer } from '../../src/mail/smtp.js';
import type { Shop } from '../../src/ports/shop.js';
import { aCore, aTalk } from '../support/a-core.js';
import { until } from '../support/served.js';

jest.setTimeout(60_000);

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

/** A shop that writes down what is asked of it. */
const listening = (asked: string[]) => (shop: Shop): Shop => ({
  ...shop,
  reader: new Proxy(shop.reader, { get: (reader, name) => {
    const found: unknown = Reflect.get(reader, name);
    return typeof found === 'function' ? (...given: unknown[]): unknown => {
      asked.push(String(name));
      return Reflect.apply(found, reader, given);
    } : found;
  } }),
});

/** What the shop is asked, and what is said, while somebody claims something. */
async function claimed(...texts: readonly string[]): Promise<{ readonly asked: readonly string[]; readonly said: string; readonly mails: number }> {
  const asked: string[] = [];
  const core = await aCore({ shop: listening(asked) });
  const talk = await aTalk(core);
  await talk.says('where is my order?');
  for (const text of texts.slice(0, -1)) await talk.says(text);
  asked.length = 0;
  await talk.says(texts.at(-1) ?? '');
  await talk.end();
  return { asked: [...asked], said: talk.words().replace(/AC-\d+|LP\w+/gu, '#').replace(/[\w.]+@[\w.]+/gu, '@'), mails: core.mails.length };
}

describe('wrong and not yours', () => {
  test('sound alike and take the same work: an order number nobody has, one of somebody else, a wrong e-mail', async () => {
    const [nobodys, others, wrong] = [await claimed('AC-999999, anna@example.com'), await claimed('AC-100004, anna@example.com'), await claimed('AC-100002, nobody@example.com')];
    expect(others).toEqual(nobodys);
    expect(wrong.asked).toEqual(nobodys.asked);
    expect(wrong.said).toBe(nobodys.said);
  });

  test('the same of parcels', async () => {
    const [nobodys, wrong] = [await claimed('LP999999987CN, nobody@example.com'), await claimed('LP000100012CN, nobody@example.com')];
    expect(wrong).toEqual(nobodys);
  });
});

describe('a mail server that does not answer', () => {
  test('is not waited for with a code: the time of the answer does not tell that there is an address to send to', async () => {
    const server = createServer((socket) => void setTimeout(() => socket.destroy(), 400));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    closing.push(() => new Promise((resolve) => server.close(resolve)));
    const address = server.address();
    const problems: string[] = [];
    const mailer = createSmtpMailer(`smtp://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}?connectionTimeout=200&greetingTimeout=200`, 'shop@example.com', (message) => problems.push(message), [10]);
    // What is sent later is no promise: nobody can wait for it.
    expect(mailer.later?.({ to: 'anna@example.com', subject: 'code', text: '123456' })).toBeUndefined();
    await until('the mail to be given up', () => problems.length > 0);
    expect(problems).toEqual(['The mail server did not take a mail.']);
  });
});
