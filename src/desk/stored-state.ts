import { z } from 'zod';
import type { Json } from '../domain/message.js';

const json: z.ZodType<Json> = z.json();

const named = z.object({ id: z.string(), name: z.string() });

// Only what the desk shows; the dialogue owns the rest and may change it.
const schema = z.object({
  locale: z.string(),
  charge: z.object({ who: z.enum(['bot', 'waiting', 'agent']), epoch: z.number().default(0), assigned: named.extend({ at: z.string() }).optional(), since: z.string().optional(), agent: named.optional(), ticket: z.string().optional() }),
  identity: z.object({ level: z.enum(['L0', 'L1', 'L2']), customerId: z.string().optional(), name: z.string().optional() }),
  active: z.object({ flow: z.string(), intent: z.string(), slots: z.record(z.string(), json), asked: z.string().optional(), plan: z.object({ shows: z.array(json) }).optional() }).nullable(),
  wishes: z.array(z.object({ intent: z.string(), flow: z.string() })),
  topic: z.object({ order: z.string().optional(), parcel: z.string().optional(), return: z.string().optional() }),
});

/** The part of a stored conversation the desk reads. */
export type ConversationState = z.infer<typeof schema>;

const unknown: ConversationState = { locale: '', charge: { who: 'bot', epoch: 0 }, identity: { level: 'L0' }, active: null, wishes: [], topic: {} };

const stored = z.object({ conversation: schema });

/** Reads the stored state; of a shape not known (another version, no turn yet) it tells nothing rather than fail. */
export function readState(state: Json): ConversationState {
  const parsed = stored.safeParse(state);
  return parsed.success ? parsed.data.conversation : unknown;
}
