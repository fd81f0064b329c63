/** Sends mail: one-time codes and invites. Resolves when the mail is handed over; a failure is a Fault `channel.unreachable`. */
export interface Mailer {
  send(mail: { readonly to: string; readonly subject: string; readonly text: string }): Promise<void>;
  /** Takes a mail over and sends it on its own time, trying again: whoever asked for it must not tell from how long it takes whether there was one to send. Without it `send` is as quick. */
  later?(mail: { readonly to: string; readonly subject: string; readonly text: string }): void;
}
