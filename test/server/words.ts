import { join } from 'node:path';
import { createTexts, readLocales } from '../../src/text/texts.js';
import { root } from '../support/served.js';

const locales = readLocales(join(root, 'locales'));
const texts = createTexts(locales);

/** What the bot says under a key, without values. */
export const words = (key: string, locale = 'en', values: Readonly<Record<string, string>> = {}): string => texts.say({ key, values }, locale);

/** How what the bot says under a key begins, up to its first value: enough to tell it from all else. */
export function beginningOf(key: string, locale = 'en'): string {
  const source = locales[locale]?.[key];
  if (source === undefined) throw new Error(`There is no message ${key} in ${locale}.`);
  return source.split('{')[0]?.trim() ?? '';
}
