import nodemailer from 'nodemailer';
import { Fault } from '../domain/fault.js';
import type { Mailer } from '../ports/mailer.js';

/** Sends mail through an SMTP server. */
export function createSmtpMailer(url: string, from: string): Mailer {
  const transport = nodemailer.createTransport(url);
  return {
    async send({ to, subject, text }) {
      try {
        await transport.sendMail({ from, to, subject, text });
      } catch (cause) {
        throw new Fault('channel.unreachable', 'The mail server did not take a mail.', { cause, again: true });
      }
    },
  };
}
