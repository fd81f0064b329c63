import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { create, type Font, type Glyph, type GlyphRun, type Subset } from 'fontkit';
import { Fault } from '../domain/fault.js';

/** The fonts a label is set in, in the order in which they are asked for a character. */
export const faces = ['latin', 'arabic', 'chinese'] as const;
export type Face = (typeof faces)[number];
export type Weight = 'regular' | 'bold';

/** Opens the font of a face and weight; the same arguments give the same font. */
export type OpenFont = (face: Face, weight: Weight) => Font;

const files: Readonly<Record<`${Face}-${Weight}`, string>> = {
  'latin-regular': '@expo-google-fonts/noto-sans/400Regular/NotoSans_400Regular.ttf',
  'latin-bold': '@expo-google-fonts/noto-sans/700Bold/NotoSans_700Bold.ttf',
  'arabic-regular': '@expo-google-fonts/noto-naskh-arabic/400Regular/NotoNaskhArabic_400Regular.ttf',
  'arabic-bold': '@expo-google-fonts/noto-naskh-arabic/700Bold/NotoNaskhArabic_700Bold.ttf',
  'chinese-regular': '@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf',
  'chinese-bold': '@expo-google-fonts/noto-sans-sc/700Bold/NotoSansSC_700Bold.ttf',
};

const remembered = <K extends string, V>(make: (key: K) => V): ((key: K) => V) => {
  const made = new Map<K, V>();
  return (key) => {
    const known = made.get(key);
    if (known !== undefined) return known;
    const fresh = make(key);
    made.set(key, fresh);
    return fresh;
  };
};

const glyphIds = 0x10000;

/**
 * A font for one document that keeps apart what a glyph was written for. Arabic letters share their bodies (beh, teh and
 * noon differ by dots that are glyphs of their own) and fontkit remembers only the first letter it met, in this document
 * or an earlier one: copied text would hold wrong letters, and the bytes would depend on labels made before. So each
 * further letter of a glyph gets an id of its own (beyond the font's), which the subset maps back to the shape. It gets it
 * only once a text is shaped: the font's tables, which choose the forms of letters and place them, know no such ids.
 */
function forOneDocument(font: Font): Font {
  const writtenFor = new Map<number, string[]>();
  const ownId = ({ id, codePoints }: Glyph): number => {
    const letters = codePoints.join();
    const known = writtenFor.get(id) ?? [];
    writtenFor.set(id, known);
    const index = known.includes(letters) ? known.indexOf(letters) : known.push(letters) - 1;
    return id + index * glyphIds;
  };
  const getGlyph = (id: number, codePoints: readonly number[] = []): Glyph => Object.create(font.getGlyph(id, codePoints), { codePoints: { value: codePoints } }) as Glyph;
  const createSubset = (): Subset => {
    const subset = font.createSubset();
    subset.includeGlyph = (id) => (subset.mapping[id] ??= subset.glyphs.push(id % glyphIds) - 1);
    return subset;
  };
  const own = Object.create(font, { getGlyph: { value: getGlyph }, createSubset: { value: createSubset } }) as Font;
  // pdfkit shapes a text three times to draw it once, and scales the positions it is given in place.
  const shaped = remembered((text: string) => {
    const run = font.layout.call(own, text, []);
    const glyphs = run.glyphs.map((glyph): Glyph => ({ id: ownId(glyph), codePoints: glyph.codePoints, advanceWidth: glyph.advanceWidth }));
    return Object.create(run, { glyphs: { value: glyphs } }) as GlyphRun;
  });
  own.layout = (text) => {
    const run = shaped(text);
    return Object.create(run, { positions: { value: run.positions.map((position) => ({ ...position })) } }) as GlyphRun;
  };
  return own;
}

/** Gives a set of fonts per document. A file is read and parsed when the first document needs it, and kept. */
export function createFonts(): () => OpenFont {
  const require = createRequire(import.meta.url);
  const parsed = remembered((key: `${Face}-${Weight}`) => {
    try {
      return create(readFileSync(require.resolve(files[key])));
    } catch (cause) {
      throw new Fault('documents.failed', `The font ${files[key]} is not installed; run npm ci, or copy the file into the image.`, { cause });
    }
  });
  return () => {
    const open = remembered((key: `${Face}-${Weight}`) => forOneDocument(parsed(key)));
    return (face, weight) => open(`${face}-${weight}`);
  };
}
