import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Font } from 'fontkit';
import { createFonts } from '../../src/documents/fonts.js';
import { cleanText, createTextLayout, missing, type Line } from '../../src/documents/text-layout.js';

const openFonts = createFonts();
const layout = createTextLayout(openFonts());
const seen = (line: Line) => line.runs.map((run) => run.text);
/** The pieces as they stand on paper, whichever font their spaces came from. */
const pieces = (line: Line) => seen(line).map((text) => text.trim()).filter((text) => text !== '');
const facesOf = (line: Line) => line.runs.map((run) => run.face);
const linesOf = (text: string, width: number, height = 1000) => layout.fit([{ text }], { width, height, size: 10, smallest: 10 }).lines.map((line) => seen(line).join(''));

describe('every letter of a name is found in some font', () => {
  test.each([
    ['a Polish', 'Zażółć Gęślą-Jaźń', ['latin']], ['a Vietnamese', 'Nguyễn Thị Ánh Tuyết', ['latin']], ['a Turkish', 'Gülşah İğdırlıoğlu', ['latin']],
    ['a Russian', 'Екатерина Щербакова', ['latin']], ['a Greek', 'Γεώργιος Παπαδόπουλος', ['latin']], ['a Chinese', '欧阳娜娜', ['chinese']], ['an Arab', 'محمد بن عبدالله', ['arabic']],
    ['a bilingual', 'Li 李雷', ['latin', 'chinese']],
  ])('%s customer reads the own name', (_who, name, faces) => {
    const line = layout.line(name);
    expect(facesOf(line)).toEqual(faces);
    expect(seen(line).join('')).toBe(name);
    const open = openFonts();
    for (const run of line.runs) for (const glyph of open(run.face, run.weight).layout(run.text, []).glyphs) expect(glyph.id).not.toBe(0);
  });

  test('a letter typed as base and accent is the same as the one typed whole', () => {
    expect(layout.line('Nguye\u0302\u0303n')).toEqual(layout.line('Nguyễn'));
  });

  test('what no font has is replaced where it can be seen, one mark for one picture', () => {
    expect(seen(layout.line('Ann 👩‍👩‍👧 🇪🇸'))).toEqual([`Ann ${missing} ${missing}`]);
    expect(seen(layout.line('한국'))).toEqual([missing.repeat(2)]);
  });
});

describe('a reader of Arabic finds the words in order', () => {
  test('the first word stands at the right, numbers keep their own direction, brackets face the right way', () => {
    const line = layout.line('شارع الملك فهد 7425 (الطابق 3)');
    expect(line.direction).toBe('rtl');
    expect(pieces(line)).toEqual(['(', '3', 'الطابق', ')', '7425', 'شارع الملك فهد']);
  });

  test('a Latin word inside keeps its letters from left to right', () => {
    expect(pieces(layout.line('بوابة B4 هنا'))).toEqual(['هنا', 'B4', 'بوابة']);
  });

  test('an Arabic name in a Latin line leaves the line as it is', () => {
    const line = layout.line('c/o محمد علي, Flat 7');
    expect(line.direction).toBe('ltr');
    expect(pieces(line)).toEqual(['c/o', 'محمد علي', ',', 'Flat 7']);
  });

  test('Arabic and Persian digits read from left to right', () => {
    const open = openFonts();
    const written = (text: string) => layout.line(text).runs.flatMap((run) => open(run.face, run.weight).layout(run.text, []).glyphs.flatMap((glyph) => glyph.codePoints)).filter((point) => point > 0x20);
    expect(String.fromCodePoint(...written('١٢٣'))).toBe('١٢٣');
    expect(String.fromCodePoint(...written('۱۲۳'))).toBe('۱۲۳');
  });

  test('letters that differ only by their dots are copied as what they are, and are as wide as their shape', () => {
    const font = openFonts()('arabic', 'regular');
    const told = (text: string) => String.fromCodePoint(...font.layout(text, []).glyphs.flatMap((glyph) => glyph.codePoints).reverse());
    const alone = openFonts()('arabic', 'regular').layout('تبنيثب', []).advanceWidth;
    expect(told('بتنثي')).toBe('بتنثي');
    expect(told('نبيتث')).toBe('نبيتث');
    expect(font.layout('تبنيثب', []).advanceWidth).toBe(alone);
  });

  test.each([
    ['sad after the dad of Riyadh', 'arabic', 'regular', 'الرياض', ['صندوق', 'وصلت', 'الملصق', 'قصّ', 'يصلك', 'خاص']],
    ['all bare letters after those with dots', 'arabic', 'bold', 'خ ذ ز ش ض ظ غ', ['مرحبا', 'أحمد', 'مسرح', 'صباح', 'مطعم', 'سعيد', 'حصص']],
    ['a plain i after one with a dot below', 'latin', 'bold', 'Thị', ['Paid', 'Ti', 'i']],
  ] as const)('letters take the same forms and places whatever was written before: %s', (_what, face, weight, before, words) => {
    const drawn = (font: Font, text: string) => {
      const { glyphs, positions } = font.layout(text, []);
      return { shapes: glyphs.map(({ id, advanceWidth }) => [id % 0x10000, advanceWidth]), positions };
    };
    const used = openFonts()(face, weight);
    used.layout(before, []);
    for (const word of words) expect(drawn(used, word)).toEqual(drawn(openFonts()(face, weight), word));
  });

  test('wrapped lines begin with the first words', () => {
    const lines = linesOf('شارع الملك فهد حي العليا الرياض', 60);
    expect(lines.length).toBeGreaterThan(1);
    expect(lines[0]).toMatch(/^شارع/u);
    expect(lines.join(' ')).toBe('شارع الملك فهد حي العليا الرياض');
  });
});

describe('a long address stays in its box', () => {
  test('Latin lines break between words', () => {
    expect(linesOf('ul. Świętokrzyska 31/33 m. 5', 70)).toEqual(['ul.', 'Świętokrzyska', '31/33 m. 5']);
  });

  test('Chinese lines break between characters, but never before a full stop or after a bracket', () => {
    for (let width = 25; width < 90; width += 3) {
      for (const line of linesOf('请把清单上的商品（全部）装进包裹。谢谢，再见！', width)) {
        expect(line).not.toMatch(/^[。，！）]/u);
        expect(line).not.toMatch(/（$/u);
      }
    }
  });

  test('a word without end is cut where the line ends', () => {
    const lines = linesOf('x'.repeat(100), 100);
    expect(lines.length).toBeGreaterThan(3);
    expect(lines.join('')).toBe('x'.repeat(100));
  });

  test('an amount and its currency stay together', () => {
    expect(linesOf('Gebühr 12,90\u00A0€', 50)).toEqual(['Gebühr', '12,90\u00A0€']);
  });

  test('text shrinks before it is shortened, and is shortened before it spills', () => {
    const frame = { width: 100, height: 30, size: 12, smallest: 6 };
    expect(layout.fit([{ text: 'Anna Kowalska-Nowakowska z Łodzi' }], frame).lines.map((line) => seen(line).join(''))).toEqual(['Anna Kowalska-', 'Nowakowska z Łodzi']);
    const cut = layout.fit([{ text: 'Anna '.repeat(60) }], frame).lines.map((line) => seen(line).join('')).join(' ');
    expect(cut).toMatch(/…$/u);
  });

  test('direction tricks and control characters in a name do nothing', () => {
    expect(cleanText('\u202Eevil\u0000\u2066 na\u00ADme\n\tx\uFEFF\uD800')).toBe(`evil na${''}me x${missing}`);
    expect(cleanText(`Z${'\u0351'.repeat(40)}a`)).toBe('Z\u0351\u0351\u0351a');
  });

  test('whatever a customer writes, no line is wider and no block higher than its box', () => {
    const arabic = fc.string({ unit: fc.constantFrom(...'ابتثجحخدذرزسشعغفقكلمنهوي ١٢3(،)') });
    const text = fc.oneof(fc.string({ unit: 'grapheme', maxLength: 80 }), fc.string({ unit: 'binary', maxLength: 80 }), arabic, fc.string({ unit: fc.constantFrom(...'北京市海淀区 A1，。（）ñ-') }));
    fc.assert(
      fc.property(fc.array(text, { minLength: 1, maxLength: 5 }), fc.integer({ min: 30, max: 250 }), fc.integer({ min: 8, max: 90 }), (texts, width, height) => {
        const block = layout.fit(texts.map((each) => ({ text: each })), { width, height, size: 13, smallest: 5 });
        expect(block.height).toBeLessThanOrEqual(height + 0.001);
        for (const line of block.lines) expect(line.width * line.size).toBeLessThanOrEqual(width + 0.001);
      }),
      { numRuns: 150 },
    );
  });
});
