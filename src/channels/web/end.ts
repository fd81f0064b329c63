import type { Incoming } from '../../domain/message.js';
import type { Gatekeeper } from './access.js';
import type { Shower } from './activities.js';
import type { History } from './history.js';
import type { Origins } from './origins.js';
import type { Patience } from './patience.js';
import type { WebParts } from './settings.js';
import type { Streams } from './streams.js';
import type { Tokens } from './tokens.js';

/** All that the web's routes work with; put together in `web-channel.ts`. */
export interface WebEnd extends WebParts {
  readonly tokens: Tokens;
  readonly origins: Origins;
  readonly history: History;
  readonly streams: Streams;
  readonly shower: Shower;
  readonly patience: Patience;
  readonly gatekeeper: Gatekeeper;
  /** Hands a message to the runtime; resolves when it is safe there. */
  accept(incoming: Incoming): Promise<void>;
}

/** What requests cost, in messages. */
export const COST = { token: 10, start: 1, message: 1, upload: 5, read: 0.1, download: 0.5 } as const;
