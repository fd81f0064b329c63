import type { Locale } from '../domain/understanding.js';

/** What the script of a text says of its language. */
export type ScriptVerdict =
  | { readonly kind: 'none' }
  | { readonly kind: 'locale'; readonly locale: Locale }
  | { readonly kind: 'several'; readonly locales: readonly Locale[] }
  | { readonly kind: 'foreign' };

type Script = 'latin' | 'han' | 'kana' | 'hangul' | 'cyrillic' | 'arabic' | 'other';

/** Languages by script; those not named are written in Latin letters. */
const SCRIPT_OF: Readonly<Record<string, Script>> = {
  zh: 'han', ja: 'kana', ko: 'hangul', ru: 'cyrillic', uk: 'cyrillic', bg: 'cyrillic', sr: 'cyrillic', kk: 'cyrillic', ar: 'arabic', fa: 'arabic', ur: 'arabic',
  th: 'other', he: 'other', hi: 'other', el: 'other',
};

/** A Chinese character says about as much as three letters. */
const HAN_WORTH = 3;
/** Enough to know the script; longer texts need not be read to their end. */
const LETTERS_READ = 2000;

function scriptOf(unit: number): Script | undefined {
  if (unit < 0x80) return (unit >= 0x41 && unit <= 0x5a) || (unit >= 0x61 && unit <= 0x7a) ? 'latin' : undefined;
  if (unit <= 0x24f) return unit < 0xc0 || unit === 0xd7 || unit === 0xf7 ? undefined : 'latin';
  if (unit >= 0x1e00 && unit <= 0x1eff) return 'latin';
  if (unit >= 0xff21 && unit <= 0xff5a) return 'latin';
  if (unit >= 0x400 && unit <= 0x52f) return 'cyrillic';
  if ((unit >= 0x600 && unit <= 0x6ff) || (unit >= 0x750 && unit <= 0x77f) || (unit >= 0xfb50 && unit <= 0xfdff) || (unit >= 0xfe70 && unit <= 0xfefc)) return 'arabic';
  if ((unit >= 0x3041 && unit <= 0x30ff) || (unit >= 0xff66 && unit <= 0xff9f)) return 'kana';
  if ((unit >= 0x3400 && unit <= 0x9fff) || (unit >= 0xf900 && unit <= 0xfaff)) return 'han';
  if ((unit >= 0xac00 && unit <= 0xd7af) || (unit >= 0x1100 && unit <= 0x11ff)) return 'hangul';
  if ((unit >= 0x370 && unit <= 0x3ff) || (unit >= 0x590 && unit <= 0x5ff) || (unit >= 0x900 && unit <= 0x10ff)) return 'other';
  return undefined;
}

/** Weighs the scripts of a text and names the locales that may be meant, of those given. */
export function localeOfScript(text: string, locales: readonly Locale[]): ScriptVerdict {
  const found = new Map<Script, number>();
  const longest = Math.min(text.length, LETTERS_READ);
  for (let i = 0; i < longest; i++) {
    const script = scriptOf(text.charCodeAt(i));
    if (script) found.set(script, (found.get(script) ?? 0) + (script === 'han' || script === 'kana' ? HAN_WORTH : 1));
  }
  if (found.size === 0) return { kind: 'none' };
  // Japanese mixes kana with characters Chinese has too; kana alone decide.
  const kana = found.get('kana') ?? 0;
  if (kana > 0 && kana * 5 >= (found.get('han') ?? 0)) {
    found.set('kana', kana + (found.get('han') ?? 0));
    found.delete('han');
  }
  const [script] = [...found].sort((a, b) => b[1] - a[1])[0] ?? ['other' as const];
  const fitting = script === 'other' ? [] : locales.filter((locale) => (SCRIPT_OF[locale.split('-')[0] ?? ''] ?? 'latin') === script);
  const [only] = fitting;
  if (only === undefined) return { kind: 'foreign' };
  return fitting.length === 1 ? { kind: 'locale', locale: only } : { kind: 'several', locales: fitting };
}
