import { Fault } from '../domain/fault.js';
import type { Incoming, Json, Line } from '../domain/message.js';

/** No lease and no rest is ever given for so long: one that seems to be was written by a clock that ran ahead, and does not count. */
export const longestRestMs = 900_000;

/** An instant as milliseconds, so that instants written differently compare rightly. */
export function instantMs(iso: string): number {
  const ms = Date.parse(iso);
  if (Number.isNaN(ms)) throw new Fault('input.invalid', `Not an instant: ${JSON.stringify(iso)}`);
  return ms;
}

/** An instant in the one spelling the stores give back; '' for none. */
export function isoOf(ms: number): string {
  return ms === 0 ? '' : new Date(ms).toISOString();
}

/** An instant respelt, so that comparing text compares instants. */
export function stamp(iso: string): string {
  return isoOf(instantMs(iso));
}

/** The line that echoes a customer's message in the log, but for what the store sets. */
export function customerLine(item: Incoming): Omit<Line, 'seq' | 'at'> {
  return {
    id: `${item.conversationId}/${item.id}`,
    from: 'customer',
    locale: item.localeHint ?? 'und',
    text: item.text ?? '',
    messageId: item.id,
    ...(item.files === undefined ? {} : { files: item.files }),
    ...(item.clientData === undefined ? {} : { clientData: item.clientData }),
  };
}

/** Reads stored JSON; a row that is not JSON any more is a fault that names its conversation. */
export function parseStored<T = Json>(text: string, conversationId: string, what: string): T {
  try {
    return JSON.parse(text) as T;
  } catch (cause) {
    throw new Fault('store.corrupt', `The stored ${what} of conversation ${conversationId} is not readable`, { cause });
  }
}
