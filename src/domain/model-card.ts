import { recallOf, type CheckFiguresByLanguage, type GateVerdict } from './release-gate.js';
import type { TaughtSentence } from './training-sentence.js';

/** What is written down of every model that was learned: from what, how well it does, what the gate said, when and by whom. */
export interface ModelCard {
  readonly id: string;
  readonly at: string;
  readonly by: { readonly id: string; readonly name: string };
  /** Fingerprints of everything the model and the one before it were learned from. */
  readonly learnedFrom: string;
  readonly before: string;
  readonly outcome: 'released' | 'refused';
  readonly sentences: Readonly<Record<string, { readonly inScope: number; readonly outOfScope: number }>>;
  readonly added: readonly TaughtSentence[];
  readonly checkedOn: readonly { readonly name: string; readonly locale: string; readonly texts: number }[];
  readonly figures: { readonly before: CheckFiguresByLanguage; readonly after: CheckFiguresByLanguage };
  readonly gate: GateVerdict;
  readonly milliseconds: number;
  readonly bytes: number;
}

const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;
const table = (head: readonly string[], rows: readonly (readonly (string | number)[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');

/** The card to read: Markdown, in English as all that operators read. */
export function cardMarkdown(card: ModelCard): string {
  const { figures: { before, after }, gate } = card;
  const counts = new Map<string, number>();
  for (const { intent, locale } of card.added) counts.set(`${intent}\t${locale}`, (counts.get(`${intent}\t${locale}`) ?? 0) + 1);
  const says = { f1: 'F1', outOfScopeRecall: 'out-of-scope recall', notMeasured: 'texts measured' } as const;
  return [
    `# Model ${card.id}`,
    `Learned ${card.at} by ${card.by.name}, in ${(card.milliseconds / 1000).toFixed(1)} s; ${(card.bytes / 1e6).toFixed(1)} MB.\nLearned from \`${card.learnedFrom}\`; the one before it from \`${card.before}\`.`,
    `**${card.outcome === 'released' ? 'Released' : 'Refused'}.** ${gate.passes ? 'The gate had no objection.' : gate.objections.map(({ locale, what, before: was, after: is }) =>
      `${locale === '*' ? 'All languages' : locale}: ${says[what]} from ${what === 'notMeasured' ? was : percent(was)} to ${what === 'notMeasured' ? is : percent(is)}.`).join(' ')}`,
    `## Figures\n\n${table(['language', 'texts', 'F1 before', 'F1', 'right before', 'right', 'out of scope before', 'out of scope recognised'], Object.entries(after).map(([locale, is]) => {
      const was = before[locale];
      return [locale, is.texts, was ? percent(was.macroF1) : '–', percent(is.macroF1), was ? percent(was.accuracy) : '–', percent(is.accuracy), was ? percent(was.outOfScopeRecall) : '–', percent(is.outOfScopeRecall)];
    }))}\n\nOut of scope recognised over all languages: ${percent(recallOf(before))} before, ${percent(recallOf(after))} now. F1 is the mean over the intents.`,
    `Measured on: ${card.checkedOn.map(({ name, locale, texts }) => `${name} (${locale}, ${texts} texts)`).join(', ') || 'nothing'}. None of these texts was learned from.`,
    `## Learned from\n\n${table(['language', 'sentences', 'out of scope'], Object.entries(card.sentences).map(([locale, { inScope, outOfScope }]) => [locale, inScope, outOfScope]))}`,
    `## Added\n\n${counts.size === 0 ? 'Nothing.' : table(['intent', 'language', 'sentences'], [...counts].map(([key, count]) => [...key.split('\t'), count]))}`,
  ].join('\n\n') + '\n';
}
