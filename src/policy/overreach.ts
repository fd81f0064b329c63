import type { z } from 'zod';

type Rank = readonly [path: readonly string[], upTo: number | null];

type Granted = Readonly<Record<string, { readonly grantUpTo?: number | undefined }>>;
interface Granting { readonly grantUpTo: number; readonly items: Granted; readonly categories: Granted; readonly members: Granted; readonly countries: Granted }

interface Limits {
  readonly goodwill: { readonly agentUpTo: number };
  readonly refunds: Granting;
  readonly delivery: Granting;
  readonly priceDrop: { readonly grantUpTo: number };
  readonly approvals: { readonly agentUpTo: number; readonly supervisorUpTo: number | null };
}

const layers = ['items', 'categories', 'members', 'countries'] as const;

/** What a section lets the bot grant, here and wherever it differs. */
const grants = (section: 'refunds' | 'delivery', rules: Granting): Rank[] => [
  [[section, 'grantUpTo'], rules.grantUpTo],
  ...layers.flatMap((layer) => Object.entries(rules[layer]).map(([name, { grantUpTo = 0 }]): Rank => [[section, layer, name, 'grantUpTo'], grantUpTo])),
];

const reaches = (above: number | null, upTo: number | null): boolean => above === null || (upTo !== null && upTo <= above);

/** Refuses a policy in which somebody may give more by themselves than those who would have to approve it. */
export function withoutOverreach({ value, issues }: z.core.ParsePayload<Limits>): void {
  const { goodwill, refunds, delivery, priceDrop, approvals } = value;
  const supervisor: Rank = [['approvals', 'supervisorUpTo'], approvals.supervisorUpTo];
  const pairs: readonly (readonly [Rank, Rank])[] = [
    [[['approvals', 'agentUpTo'], approvals.agentUpTo], supervisor],
    [[['goodwill', 'agentUpTo'], goodwill.agentUpTo], supervisor],
    ...[...grants('refunds', refunds), ...grants('delivery', delivery), [['priceDrop', 'grantUpTo'], priceDrop.grantUpTo] as Rank].map((rank): readonly [Rank, Rank] => [rank, supervisor]),
  ];
  for (const [[path, upTo], [by, above]] of pairs) {
    if (!reaches(above, upTo)) issues.push({ code: 'custom', path: [...path], input: upTo, message: `${upTo} must not be above ${by.join('.')} (${above}): nobody gives more than whoever would have to approve it` });
  }
}
