import type { Channel } from '../ports/channel.js';

/** The terminal: who types there reads the conversation's log, so nothing is delivered to it. */
export const createTerminalChannel = (): Channel => ({
  name: 'terminal',
  readsLog: true,
  start: async () => undefined,
  send: async () => ({ sent: true }),
  stop: async () => undefined,
});
