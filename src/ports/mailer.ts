/** Sends mail: one-time codes and invites. Resolves when the mail is handed over; a failure is a Fault `channel.unreachable`. */
export interface Mailer {
  send(mail: { readonly to: string; readonly subject: string; readonly text: string }): Promise<void>;
}
