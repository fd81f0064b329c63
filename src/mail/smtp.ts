import { setTimeout as pause } from 'node:timers/promises';
import nodemailer from 'nodemailer';
import { Fault } from '../domain/fault.js';
import type { Mailer } from '../ports/mailer.js';

/** Waits before a mail that was not taken is tried again. */
const againMs = [2_000, 15_000, 60_000];

/** Sends mail through an SMTP server; what is sent later and was not taken in the end is told to `onProblem`, without a word of it. */
export function createSmtpMailer(url: string, from: string, onProblem: (message: string) => void, waits: readonly number[] = againMs): Mailer {
  const transport = nodemailer.createTransport(url);
  const send: Mailer['send'] = async ({ to, subject, text }) => {
    try {
      await transport.sendMail({ from, to, subject, text });
    } catch (cause) {
      throw new Fault('channel.unreachable', 'The mail server did not take a mail.', { cause, again: true });
    }
  };
  async function untilTaken(mail: Parameters<Mailer['send']>[0]): Promise<void> {
    for (const ms of [...waits, null]) {
      try {
        return await send(mail);
      } catch (error) {
        if (ms === null) return onProblem(error instanceof Error ? error.message : String(error));
        await pause(ms, undefined, { ref: false });
      }
    }
  }
  return { send, later: (mail) => void untilTaken(mail) };
}
