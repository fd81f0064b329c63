import type { Config } from '../config.js';
import type { Check } from '../ops/health.js';
import type { Channel } from '../ports/channel.js';
import type { Core } from './core.js';

/** What the service needs: without one of them it is not ready, without a channel it is only poorer. */
export function checksOf(core: Core, config: Config, channels: ReadonlyMap<string, Channel>, isStarted: () => boolean): Check[] {
  const probe = { locale: 'en', at: core.clock.now() };
  return [
    { name: 'start', look: async () => (isStarted() ? null : 'starting or stopping') },
    { name: config.DATABASE_URL ? 'database (PostgreSQL)' : 'database (SQLite)', look: async () => (await core.records.agents.count() >= 0 ? null : 'no answer') },
    { name: config.REDIS_URL ? 'conversations (Redis)' : 'conversations (SQLite)', look: async () => ((await core.store.pending('readiness')).inbox >= 0 ? null : 'no answer') },
    { name: 'model', look: async () => (core.classifier.understand('where is my parcel', probe).intents.length > 0 ? null : 'understands nothing') },
    ...[...channels].map(([name, channel]): Check => ({ name: `channel ${name}`, look: async () => channel.problem?.() ?? null, isOptional: true })),
  ];
}
