import { createServer, type Socket } from 'node:net';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createSmtpMailer } from '../../src/mail/smtp.js';

/** A mail server that takes everything and remembers it. */
const taken: { readonly to: string[]; readonly data: string }[] = [];
let port = 0;
const server = createServer((socket: Socket) => {
  let [to, data, isData]: [string[], string, boolean] = [[], '', false];
  socket.write('220 here\r\n');
  socket.setEncoding('utf8').on('data', (chunk) => {
    for (const line of String(chunk).split('\r\n').slice(0, -1)) {
      if (isData && line === '.') {
        taken.push({ to, data });
        [to, data, isData] = [[], '', false];
        socket.write('250 taken\r\n');
      } else if (isData) data += `${line}\n`;
      else if (/^EHLO|^HELO/u.test(line)) socket.write('250 here\r\n');
      else if (line.startsWith('RCPT')) {
        to.push(line);
        socket.write('250 ok\r\n');
      } else if (line === 'DATA') {
        isData = true;
        socket.write('354 go on\r\n');
      } else if (line === 'QUIT') socket.end('221 bye\r\n');
      else socket.write('250 ok\r\n');
    }
  });
  socket.on('error', () => undefined);
});
beforeAll(() => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  port = typeof address === 'object' && address !== null ? address.port : 0;
  resolve();
})));
afterAll(() => new Promise((resolve) => server.close(resolve)));

test('a mail holds what a buyer wrote as words: no markup, no header and no reader more', async () => {
  const mailer = createSmtpMailer(`smtp://127.0.0.1:${port}?ignoreTLS=true`, 'Shop <shop@example.com>', () => undefined);
  const hostile = 'Anna\r\nBcc: everybody@evil.example\r\n\r\n<script>alert(1)</script>';
  await mailer.send({ to: 'anna@example.com', subject: `Your code, ${hostile}`, text: `Hello ${hostile}\n.\nRCPT TO:<evil@evil.example>` });
  expect(taken).toHaveLength(1);
  const [{ to, data }] = taken as [(typeof taken)[number]];
  expect(to).toEqual(['RCPT TO:<anna@example.com>']);
  const [head = ''] = data.split('\n\n');
  expect(head).not.toMatch(/^Bcc:/imu);
  expect(head).toMatch(/^Content-Type: text\/plain/mu);
  expect(data).not.toContain('text/html');
});
