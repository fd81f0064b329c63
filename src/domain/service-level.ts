import type { BusinessHours } from './business-days.js';
import { afterBusiness, businessBetween } from './business-time.js';
import type { Policy } from './policy.js';

/** How far a clock has run: in time, soon over, over; once it has stopped, in time or not. */
export type ClockState = 'running' | 'warning' | 'late' | 'met' | 'missed';

/** One clock, of a hand-over or of a case that is to be answered: what it waits for, when that is due, and how far it has run. */
export interface ServiceClock {
  readonly what: 'first-answer' | 'resolution' | 'answer';
  readonly dueAt: string;
  readonly state: ClockState;
}

/** What the clocks run on. */
export interface ClockFacts {
  readonly openedAt: string;
  readonly firstAnswerAt?: string;
  readonly endedAt?: string;
}

const HOUR = 3_600_000;
const MINUTE = 60_000;

/** The clocks of a hand-over, in time of business: the first answer of a person, and the end of it. Pure. */
export function clocksOf({ openedAt, firstAnswerAt, endedAt }: ClockFacts, { handOver, desk }: Policy, timeZone: string, now: string): ServiceClock[] {
  const clock = (what: ServiceClock['what'], ms: number, stoppedAt: string | undefined): ServiceClock => {
    const dueAt = afterBusiness(openedAt, ms, desk, timeZone);
    if (stoppedAt !== undefined) return { what, dueAt, state: stoppedAt <= dueAt ? 'met' : 'missed' };
    if (now > dueAt) return { what, dueAt, state: 'late' };
    return { what, dueAt, state: businessBetween(openedAt, now, desk, timeZone) * 100 >= ms * handOver.warnAtPercent ? 'warning' : 'running' };
  };
  return [
    clock('first-answer', handOver.firstAnswerMinutes * MINUTE, firstAnswerAt ?? endedAt),
    clock('resolution', handOver.resolutionHours * HOUR, endedAt),
  ];
}

/** The clock of a case the customer was promised an answer to: it runs to the very time they were told. Pure. */
export function answerClock(openedAt: string, dueAt: string, { handOver }: Policy, now: string): ServiceClock {
  const [from, to, at] = [openedAt, dueAt, now].map((one) => Date.parse(one)) as [number, number, number];
  return { what: 'answer', dueAt, state: at > to ? 'late' : (at - from) * 100 >= (to - from) * handOver.warnAtPercent ? 'warning' : 'running' };
}

/** A stretch of waiting that was measured. */
export interface MeasuredWait {
  readonly openedAt: string;
  readonly joinedAt: string;
}

/** Rounded up to what somebody would say; longer waits are told in whole hours. */
const STEPS = [1, 2, 3, 5, 10, 15, 20, 30, 45, 60] as const;

/**
 * How many minutes of business most of those who waited lately waited at most (four of five), rounded up; null where too few
 * were measured to say. It tells what was, and promises nothing.
 */
export function usualWait(waits: readonly MeasuredWait[], least: number, hours: BusinessHours, timeZone: string): number | null {
  if (waits.length < Math.max(1, least)) return null;
  const minutes = waits.map(({ openedAt, joinedAt }) => businessBetween(openedAt, joinedAt, hours, timeZone) / MINUTE).sort((a, b) => a - b);
  const most = minutes[Math.ceil(minutes.length * 0.8) - 1] ?? 0;
  return STEPS.find((step) => most <= step) ?? Math.ceil(most / 60) * 60;
}
