import { Fault } from '../domain/fault.js';

/** What an e-mail is compared by. */
export function emailKey(email: string): string {
  return email.trim().toLowerCase();
}

/** The fault of a second agent with the same e-mail. */
export function emailTaken(): Fault {
  return new Fault('desk.invalid', 'There is an agent with this e-mail already');
}
