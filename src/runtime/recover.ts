import type { Parts } from './parts.js';

/**
 * At start: writes that were begun and never closed are asked about. The shop has a receipt: the row is closed as done
 * (the conversation's own turn, still in its inbox, tells the customer). It has none: the row is left to that turn.
 */
export async function recover({ records, shop, clock, log }: Parts): Promise<void> {
  for (const row of await records.actions.openBefore(clock.now(), 1000)) {
    const receipt = await shop.writer.receiptOf(row.key).catch(() => null);
    log.info('action.open', { key: row.key, flow: row.flow, isDone: receipt !== null });
  }
}
