import { pause } from '../../waiting/pause.js';
import type { ApiAnswer, BotApi } from './api.js';
import type { Intake } from './intake.js';
import { backoff } from './backoff.js';
import type { TelegramLog, Timing } from './settings.js';
import { chatOf, parseUpdate, updateIdOf, wantedUpdates } from './updates.js';

/** How many chats are served at the same time. */
const lanes = 8;
/** An empty answer should have taken as long as was asked for; a server that does not wait is not asked without end. */
const leastMs = 100;

interface Parts {
  readonly api: BotApi;
  readonly intake: Intake;
  readonly timing: Timing;
  readonly log: TelegramLog;
  readonly signal: AbortSignal;
  /** Told after every answer: why Telegram gives nothing, or that it does again. */
  readonly onAnswer?: (problem: string | null) => void;
}

/**
 * Asks Telegram for updates until the signal is aborted. An update is confirmed by asking for what comes after it, and
 * that is done only when it and all before it are taken.
 */
export async function poll({ api, intake, timing, log, signal, onAnswer = () => undefined }: Parts): Promise<void> {
  let failures = 0;
  let offset: number | undefined;
  let isCleared = false;

  const rest = async (atLeastMs: number): Promise<void> => {
    failures += 1;
    await pause(Math.max(atLeastMs, backoff(failures, timing.backoffMs, timing.mostBackoffMs)), signal);
  };

  const ask = (from: number | undefined): Promise<ApiAnswer<unknown>> =>
    api.call(
      'getUpdates',
      { timeout: Math.ceil(timing.longPollMs / 1000), limit: 100, allowed_updates: wantedUpdates, ...(from === undefined ? {} : { offset: from }) },
      { timeoutMs: timing.longPollMs + 15_000, signal },
    );

  while (!signal.aborted) {
    // A webhook that is still set would refuse every poll.
    const cleared: ApiAnswer<true> = isCleared ? { ok: true, result: true } : await api.call('deleteWebhook', {}, { timeoutMs: 20_000, signal });
    isCleared ||= cleared.ok;
    const asked = performance.now();
    const answer = cleared.ok ? await ask(offset) : cleared;
    if (signal.aborted) return;
    onAnswer(answer.ok ? null : `Telegram answers ${answer.status === 0 ? 'nothing' : String(answer.status)}: ${answer.reason}`);
    if (!answer.ok) {
      const { status, reason } = answer;
      if (status === 409) {
        isCleared = false;
        log.warn({ reason }, 'Telegram says that somebody else takes this bot’s updates: a second process, or a webhook');
      } else if (status === 401 || status === 404) log.error({ status, reason }, 'Telegram does not know this bot; check its token');
      else log.warn({ status, reason }, 'Telegram could not be asked for updates');
      await rest(status === 401 || status === 404 ? timing.mostBackoffMs : (answer.retryAfterMs ?? 0));
      continue;
    }
    const updates: readonly unknown[] = Array.isArray(answer.result) ? answer.result : [];
    const failed = await takeAll(updates, intake, log);
    // Ids may restart lower after a silent week, so the last one counts, not the highest ever seen.
    const last = updateIdOf(updates.at(-1));
    if (failed !== null) offset = updateIdOf(updates[failed]) ?? offset;
    else if (last !== null) offset = last + 1;
    if (signal.aborted) return;
    if (failed !== null) await rest(0);
    else {
      failures = 0;
      if (updates.length === 0) await pause(leastMs - (performance.now() - asked), signal);
    }
  }
}

/** Takes a batch, each chat in order, and says which was the first that failed; what follows it in its chat is left for the next time. */
async function takeAll(updates: readonly unknown[], intake: Intake, log: TelegramLog): Promise<number | null> {
  const byChat = new Map<string, number[]>();
  for (const [index, raw] of updates.entries()) {
    const update = parseUpdate(raw);
    const chat = String(update === null ? '' : chatOf(update)?.id);
    byChat.set(chat, [...(byChat.get(chat) ?? []), index]);
  }
  const waiting = [...byChat.values()];
  let first: number | null = null;
  const lane = async (): Promise<void> => {
    for (let indexes = waiting.shift(); indexes !== undefined; indexes = waiting.shift()) {
      for (const index of indexes) {
        try {
          await intake.take(updates[index]);
        } catch (error) {
          log.warn({ update: updateIdOf(updates[index]), reason: error instanceof Error ? error.message : 'unknown' }, 'an update could not be taken; it will come again');
          first = first === null ? index : Math.min(first, index);
          break;
        }
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(lanes, waiting.length) }, lane));
  return first;
}
