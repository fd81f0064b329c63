/** How well a model did on the texts of one language that are set apart for measuring; shares from 0 to 1. */
export interface CheckFigures {
  readonly texts: number;
  readonly macroF1: number;
  readonly accuracy: number;
  /** How many of the texts mean nothing the bot can do, and the share of them that was recognised as such. */
  readonly outOfScope: number;
  readonly outOfScopeRecall: number;
}

/** Figures by language. */
export type CheckFiguresByLanguage = Readonly<Record<string, CheckFigures>>;

/** One thing that speaks against a model. */
export interface GateObjection {
  /** `*` is all languages together. */
  readonly locale: string;
  readonly what: 'f1' | 'outOfScopeRecall' | 'notMeasured';
  readonly before: number;
  readonly after: number;
}

/** What the gate says of a model. */
export interface GateVerdict {
  readonly passes: boolean;
  readonly objections: readonly GateObjection[];
}

/** How far a figure may fall: one point. */
const MAY_FALL = 0.01;
/** What only the adding up of fractions makes. */
const GRAIN = 1e-9;

const fell = (before: number, after: number): boolean => before - after > MAY_FALL + GRAIN;

/** The share of all out-of-scope texts that was recognised, over all languages. */
export function recallOf(figures: CheckFiguresByLanguage): number {
  const all = Object.values(figures);
  const texts = all.reduce((sum, { outOfScope }) => sum + outOfScope, 0);
  return texts === 0 ? 0 : all.reduce((sum, { outOfScope, outOfScopeRecall }) => sum + outOfScope * outOfScopeRecall, 0) / texts;
}

/**
 * Whether a model may take the place of the one in use: refused where F1 fell by more than a point in any language, where fewer of the
 * out-of-scope texts (over all languages) are recognised by more than a point, and where there was nothing to measure by.
 */
export function judgeRelease(before: CheckFiguresByLanguage, after: CheckFiguresByLanguage): GateVerdict {
  const objections: GateObjection[] = [];
  if (Object.values(before).every(({ texts }) => texts === 0)) objections.push({ locale: '*', what: 'notMeasured', before: 0, after: 0 });
  for (const [locale, was] of Object.entries(before)) {
    const is = after[locale];
    if (!is || is.texts < was.texts) objections.push({ locale, what: 'notMeasured', before: was.texts, after: is?.texts ?? 0 });
    else if (fell(was.macroF1, is.macroF1)) objections.push({ locale, what: 'f1', before: was.macroF1, after: is.macroF1 });
  }
  const [was, is] = [recallOf(before), recallOf(after)];
  if (fell(was, is)) objections.push({ locale: '*', what: 'outOfScopeRecall', before: was, after: is });
  return { passes: objections.length === 0, objections };
}
