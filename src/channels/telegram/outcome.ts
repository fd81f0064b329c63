import type { SendOutcome } from '../../ports/channel.js';
import type { ApiRefusal } from './api.js';

/** What a refusal of Telegram means for the line; `waitMs` is how long to wait where Telegram does not say. */
export function outcomeOf(refusal: ApiRefusal, waitMs: number): SendOutcome {
  const { status, reason, movedTo, retryAfterMs } = refusal;
  if (movedTo !== undefined) return { sent: false, movedTo: { chatId: movedTo } };
  if (status === 403) return { sent: false, gone: true, reason };
  if (status === 400 && /chat not found|user not found|peer_id_invalid|deactivated/i.test(reason)) return { sent: false, gone: true, reason };
  if (status === 400 || status === 413) return { sent: false, refused: true, reason };
  // 401 and 404 mean a wrong token: the customer can be reached again once it is put right, so the line is kept.
  return { sent: false, retryAfterMs: retryAfterMs ?? waitMs };
}
