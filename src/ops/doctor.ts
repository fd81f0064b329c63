/** One thing that was looked at, what was found, and what to do about it where something is to be done. */
export interface Finding {
  readonly area: string;
  readonly state: 'ok' | 'off' | 'warning' | 'problem';
  readonly found: string;
  readonly todo?: string;
}

/** A look at one area; what it throws is a problem of that area. */
export interface Examination {
  readonly area: string;
  readonly look: () => Finding[] | Promise<Finding[]>;
}

/** Makes the findings of one area. */
export function findings(area: string) {
  return {
    ok: (found: string): Finding => ({ area, state: 'ok', found }),
    off: (found: string, todo: string): Finding => ({ area, state: 'off', found, todo }),
    warning: (found: string, todo: string): Finding => ({ area, state: 'warning', found, todo }),
    problem: (found: string, todo: string): Finding => ({ area, state: 'problem', found, todo }),
  };
}

/** Makes all examinations, side by side; the findings come in the order of the areas. */
export async function examine(examinations: readonly Examination[]): Promise<Finding[]> {
  const found = await Promise.all(examinations.map(async ({ area, look }) => {
    try {
      return await look();
    } catch (error) {
      return [findings(area).problem(error instanceof Error ? error.message : String(error), 'See the message; nothing else of this area could be looked at.')];
    }
  }));
  return found.flat();
}

const driftMs = { warning: 2_000, problem: 30_000 };

/** What a difference of two clocks means: leases, codes and tokens go by time. */
export function judgeClock(area: string, whose: string, skewMs: number): Finding {
  const { ok, warning, problem } = findings(area);
  const far = Math.abs(skewMs);
  const words = `the clock of ${whose} is ${(far / 1000).toFixed(1)} s ${skewMs < 0 ? 'behind' : 'ahead of'} this machine’s`;
  const todo = 'Let NTP set the clocks of both machines.';
  return far >= driftMs.problem ? problem(words, todo) : far >= driftMs.warning ? warning(words, todo) : ok(`the clocks agree within ${Math.max(far, 1)} ms`);
}
