/** The few parts of fontkit (which ships no types) that the documents use. */
declare module 'fontkit' {
  export interface GlyphRun {
    readonly positions: readonly object[];
    readonly glyphs: readonly Glyph[];
    readonly advanceWidth: number;
    readonly direction: 'ltr' | 'rtl';
  }
  export interface Glyph {
    readonly id: number;
    readonly codePoints: readonly number[];
    readonly advanceWidth: number;
  }
  export interface Subset {
    /** Which glyph of the font stands at each place of the subset, and the way back. */
    glyphs: number[];
    mapping: Record<number, number>;
    includeGlyph(id: number): number;
  }
  export interface Font {
    getGlyph(id: number, codePoints?: readonly number[]): Glyph;
    createSubset(): Subset;
    readonly unitsPerEm: number;
    hasGlyphForCodePoint(codePoint: number): boolean;
    layout(text: string, features: readonly string[]): GlyphRun;
  }
  export function create(bytes: Uint8Array): Font;
}
