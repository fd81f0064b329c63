import type { z } from 'zod';

type Rank = readonly [path: readonly string[], upTo: number | null];

interface Limits {
  readonly goodwill: { readonly botUpTo: number; readonly agentUpTo: number };
  readonly refunds: { readonly grantUpTo: number };
  readonly delivery: { readonly grantUpTo: number };
  readonly priceDrop: { readonly grantUpTo: number };
  readonly approvals: { readonly agentUpTo: number; readonly supervisorUpTo: number | null };
}

const reaches = (above: number | null, upTo: number | null): boolean => above === null || (upTo !== null && upTo <= above);

/** Refuses a policy in which somebody may give more by themselves than those who would have to approve it. */
export function withoutOverreach({ value, issues }: z.core.ParsePayload<Limits>): void {
  const { goodwill, refunds, delivery, priceDrop, approvals } = value;
  const supervisor: Rank = [['approvals', 'supervisorUpTo'], approvals.supervisorUpTo];
  const pairs: readonly (readonly [Rank, Rank])[] = [
    [[['approvals', 'agentUpTo'], approvals.agentUpTo], supervisor],
    [[['goodwill', 'agentUpTo'], goodwill.agentUpTo], supervisor],
    [[['goodwill', 'botUpTo'], goodwill.botUpTo], [['goodwill', 'agentUpTo'], goodwill.agentUpTo]],
    ...([['refunds', refunds.grantUpTo], ['delivery', delivery.grantUpTo], ['priceDrop', priceDrop.grantUpTo]] as const)
      .map(([section, upTo]): readonly [Rank, Rank] => [[[section, 'grantUpTo'], upTo], supervisor]),
  ];
  for (const [[path, upTo], [by, above]] of pairs) {
    if (!reaches(above, upTo)) issues.push({ code: 'custom', path: [...path], input: upTo, message: `${upTo} must not be above ${by.join('.')} (${above}): nobody gives more than whoever would have to approve it` });
  }
}
