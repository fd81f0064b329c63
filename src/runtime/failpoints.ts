/**
 * Places between the stages of a turn, each right after what it is called by: written down in the journal, accepted, claimed, turn taken, row of a
 * write put down, written by the shop, its receipt stored, committed, handed to the channel, settled.
 */
export const failpoints = ['journal', 'accept', 'claim', 'turn', 'intent-row', 'shop-write', 'receipt', 'commit', 'deliver', 'ack'] as const;

/** One of those places. */
export type Failpoint = (typeof failpoints)[number];

/** Passing a place; does nothing but where a test wants the process to end there. */
export type Pass = (place: Failpoint) => void;

/** From "place=n": ends the process in the same moment when that place is passed for the n-th time; undefined where nothing is wanted. */
export function failpointsOf(wanted: string | undefined, die: () => void = () => void process.kill(process.pid, 'SIGKILL')): Pass | undefined {
  const [place = '', count = '1'] = (wanted ?? '').split('=');
  if (!failpoints.some((one) => one === place)) return undefined;
  let left = Number(count);
  return (passed) => {
    if (passed !== place) return;
    left -= 1;
    if (left === 0) die();
  };
}
