import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '../ports/clock.js';
import type { Mailer } from '../ports/mailer.js';

/** Puts mails into a folder as text files, for trying the bot out without a mail server. */
export function createFolderMailer(folder: string, clock: Clock): Mailer {
  let count = 0;
  return {
    async send({ to, subject, text }) {
      await mkdir(folder, { recursive: true });
      count += 1;
      const name = `${clock.now().replace(/[:.]/gu, '-')}-${count}.txt`;
      await writeFile(join(folder, name), `To: ${to}\nSubject: ${subject}\n\n${text}\n`, { mode: 0o600 });
    },
  };
}
