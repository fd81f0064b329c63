import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
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

/** Takes away the mails in the folder that went to these addresses; gives how many. A folder that is not there holds none. */
export async function eraseMails(folder: string, addresses: readonly string[]): Promise<number> {
  const wanted = new Set(addresses.map((address) => address.toLowerCase()));
  let count = 0;
  for (const name of await readdir(folder).catch((): string[] => [])) {
    const text = name.endsWith('.txt') ? await readFile(join(folder, name), 'utf8') : '';
    if (!wanted.has((/^To: (.*)$/mu.exec(text)?.[1] ?? '').trim().toLowerCase())) continue;
    await rm(join(folder, name), { force: true });
    count += 1;
  }
  return count;
}
