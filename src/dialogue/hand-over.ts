import type { Reply } from '../domain/message.js';
import type { Effect, HandOverReason, Place } from './events.js';
import { doing, patch, say, type Step } from './step.js';

type HandOver = Extract<Effect, { kind: 'hand-over' }>;

/** Has who waits told their place. */
export function tellPlace(step: Step): Step {
  const { ticket } = step.conversation.charge;
  return ticket === undefined ? step : doing(step, { kind: 'tell-place', ticket });
}

/** Where somebody stands who waits, in a sentence: nothing in it that was not measured or set. */
export function placeReply({ position, usualMinutes, desk, opensAt, answerBy, zone, reference }: Place): Reply {
  const by = { date: answerBy, zone, style: 'both' } as const;
  if (desk === 'closed') return { key: 'handover.place.closed', values: { opens: { date: opensAt, zone, style: 'both' }, by, reference } };
  if (desk === 'empty') return { key: 'handover.place.empty', values: { by, reference } };
  return usualMinutes === null ? { key: 'handover.place.unknown', values: { position, reference } } : { key: 'handover.place.usual', values: { position, minutes: usualMinutes, reference } };
}

/** Asks for a person: the bot says so and falls silent; the epoch grows, so that an agent's press on an older lease takes nothing away. */
export function handOver(step: Step, reason: HandOverReason, at: string, more: Pick<HandOver, 'write' | 'wants'> = {}): Step {
  const { conversation } = step;
  if (conversation.charge.who !== 'bot') return step;
  const epoch = conversation.charge.epoch + 1;
  const ticket = `${conversation.id}@${conversation.bornAt}#${epoch}`;
  const announced = say(patch(step, { charge: { who: 'waiting', epoch, since: at, ticket } }), {
    key: `handover.announced.${reason}`, choices: [{ id: 'b', label: { text: { key: 'choice.back-to-bot' } } }],
  });
  return tellPlace(doing(announced, { kind: 'hand-over', ticket, reason, ...more }));
}
