import { counterReasonHolds, counterReasons } from './counter-reasons.js';
import { matterFacts, matters, notADefect, type Evidence } from './matters.js';
import { detailsOf, matterOfReason } from './reasons.js';
import { axes, rows, rowsFor, type Cell } from './verdicts.js';

const cell = (text: string): string => text.replaceAll('|', '\\|');
const table = (heads: readonly string[], lines: readonly (readonly string[])[]): string =>
  [`| ${heads.join(' | ')} |`, `|${heads.map(() => '---').join('|')}|`, ...lines.map((line) => `| ${line.map(cell).join(' | ')} |`)].join('\n');
const sets = (some: readonly (readonly Evidence[])[]): string => (some.length === 0 ? '–' : some.map((set) => (set.length === 0 ? 'nothing: records show it' : set.join(' + '))).join(', or '));
const code = (name: string): string => `\`${name}\``;

/** Every cell there can be. */
export function allCells(): Cell[] {
  return Object.entries(axes).reduce<Record<string, string>[]>((cells, [axis, values]) => cells.flatMap((one) => values.map((value) => ({ ...one, [axis]: value }))), [{}]) as unknown as Cell[];
}

/** The tables as a page for people: printed by `aftercare decisions`, kept in `docs/decisions.md`. */
export function printDecisions(): string {
  const cells = allCells();
  const counters = counterReasons.map((reason) => {
    const found = new Set(cells.map((one) => counterReasonHolds[reason](one)));
    return [code(reason), found.has('holds') ? 'stands where the case bears it out, else it does not count' : found.has('fails') ? 'a person or the inspection judges, where it applies at all' : 'a person or the inspection judges'];
  });
  return `${[
    '# How returns and disputes are decided',
    'Printed by `npx aftercare decisions`; the tables are data in `src/domain/decisions`. The rules of the shop (windows, categories, the law of the buyer’s country) are its policy; they say where a case lies on the axes, the table says what comes of it.',
    '## What it is about',
    'What each side shows it with: any one of the sets will do.',
    table(['matter', 'judged as', 'cause', 'the buyer shows', 'the shop shows'], matters.map((matter) => {
      const { group, cause, buyer, shop } = matterFacts[matter];
      return [code(matter), group, cause.replace('_', ' and '), sets(buyer), sets(shop)];
    })),
    `Not a defect: ${notADefect.map(code).join(', ')}. The buyer may still send it back within the window for a change of mind, where the goods allow it or the law gives the right.`,
    '## What a reason stands for',
    table(['reason given', 'stands for', 'asked more closely'], Object.entries(matterOfReason).map(([reason, matter]) => [code(reason), code(matter), (detailsOf[reason as keyof typeof detailsOf] ?? []).map(code).join(', ') || '–'])),
    '## Verdicts',
    `Axes: ${Object.entries(axes).map(([axis, values]) => `${axis} (${values.join(', ')})`).join('; ')}. Rows have no order; each of the ${cells.length} combinations fits exactly one of them. “any” = whatever it is.`,
    table(['verdict', 'when', 'ruling', 'fault', 'way there / back / replacement', 'for', 'cells'], rows.map(({ id, when, outcome }) => [
      code(id), Object.entries(when).map(([axis, values]) => `${axis}: ${(values as readonly string[]).join(' or ')}`).join('; ') || 'any',
      outcome.ruling + (outcome.refusal === undefined ? '' : ` (${code(outcome.refusal)})`), outcome.fault, `${outcome.there} / ${outcome.back} / ${outcome.replacement}`,
      outcome.winner + (outcome.compromise ? ', half-way offered' : '') + (outcome.points === undefined ? '' : `, ${outcome.points} points (merchant only)`), String(cells.filter((one) => rowsFor(one)[0]?.id === id).length),
    ])),
    '## What a shop may say against it',
    table(['code', 'standing'], counters),
  ].join('\n\n')}\n`;
}
