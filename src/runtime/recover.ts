import type { Json } from '../domain/message.js';
import type { Parts } from './parts.js';

/**
 * At start: writes that were begun and never closed are asked about. The shop has a receipt: the row is closed as done
 * (the conversation's own turn, still in its inbox, tells the customer). It has none: the row is left to that turn.
 */
export async function recover({ records, shop, store, clock, log }: Parts): Promise<void> {
  for (const row of await records.actions.openBefore(clock.now(), 1000)) {
    // A conversation with something in its inbox takes that very turn again and closes the row itself.
    if ((await store.pending(row.conversationId)).inbox > 0) continue;
    const receipt = await shop.writer.receiptOf(row.key).catch(() => null);
    if (receipt !== null) await records.actions.close(row.key, 'done', { say: [], receipt: JSON.parse(JSON.stringify(receipt)) as Json }, clock.now());
    log.info('action.open', { key: row.key, flow: row.flow, isDone: receipt !== null });
  }
}
