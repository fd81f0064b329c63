import { fileURLToPath } from 'node:url';
import type { Texts } from '../../src/ports/texts.js';
import { createTexts, readLocales } from '../../src/text/texts.js';

/** The strings the labels are printed with. */
export const createLabelTexts = (): Texts => createTexts(readLocales(fileURLToPath(new URL('../../locales', import.meta.url))));
