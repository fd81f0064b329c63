import bidiFactory, { type Bidi } from 'bidi-js';
import { Fault } from '../domain/fault.js';
import { faces, type Face, type OpenFont, type Weight } from './fonts.js';

/** A stretch of one font and one direction, as it is handed to the font; widths are in ems. */
export interface Run {
  readonly text: string;
  readonly face: Face;
  readonly weight: Weight;
  /** What the size is multiplied by, so that this script looks as large as the others. */
  readonly scale: number;
  readonly width: number;
}

/** One line, its runs from left to right as they stand on paper. */
export interface Line {
  readonly runs: readonly Run[];
  readonly width: number;
  readonly direction: 'ltr' | 'rtl';
}

/** A paragraph to be set; `scale` is its size in relation to the others of its block. */
export interface Paragraph {
  readonly text: string;
  readonly weight?: Weight;
  readonly scale?: number;
}

/** A line with its place: `top` of the block to the baseline, and the size of its letters. */
export interface PlacedLine extends Line {
  readonly size: number;
  readonly baseline: number;
}

/** A block of lines that fits the box it was made for. */
export interface Block {
  readonly lines: readonly PlacedLine[];
  readonly height: number;
  readonly direction: 'ltr' | 'rtl';
}

/** Where a block has to fit, and the sizes that may be tried, in points. */
export interface Frame {
  readonly width: number;
  readonly height: number;
  readonly size: number;
  readonly smallest: number;
}

/** What stands for a character that none of our fonts has. */
export const missing = '\u{FFFD}';
const longest = 600;

// The package's types speak of an ES module; what Node loads is its CommonJS form, whose export is the factory itself.
const bidi = (bidiFactory as unknown as () => Bidi)();
const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' });
const clusterTexts = (text: string): string[] => Array.from(graphemes.segment(text), (part) => part.segment);

/**
 * Text made safe for paper: composed, on one line, without control and direction characters, with no more than three
 * marks on a letter and no more than 600 characters.
 */
export function cleanText(text: string): string {
  const start = text.slice(0, longest * 4).replace(/\p{Cs}/gu, missing).normalize('NFC');
  const flat = start
    .replace(/[\u00A0\u202F]/gu, '\u00A0')
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+|(?!\u00A0)\p{Zs}+/gu, ' ')
    .replace(/(?![\u200C\u200D])\p{Cf}/gu, '')
    .replace(/(\p{Script=Inherited}{3})\p{Script=Inherited}+/gu, '$1')
    .replace(/ {2,}/gu, ' ')
    .trim();
  const letters = clusterTexts(flat);
  return letters.length > longest ? `${letters.slice(0, longest - 1).join('')}…` : flat;
}

/** The direction that a paragraph of this text is read in. */
export const directionOf = (text: string): 'ltr' | 'rtl' => ((bidi.getEmbeddingLevels(text, 'auto').paragraphs[0]?.level ?? 0) % 2 === 1 ? 'rtl' : 'ltr');

interface Cluster { readonly text: string; readonly face: Face; readonly level: number; readonly script: string }
interface Piece { readonly start: number; readonly end: number; readonly width: number; readonly trimmed: number }
interface Prepared { readonly clusters: readonly Cluster[]; readonly pieces: readonly Piece[]; readonly weight: Weight; readonly direction: 'ltr' | 'rtl'; readonly scale: number; readonly above: number; readonly leading: number }

/** How each script is set: letters of one size must look it, and each needs its own room above and below the baseline (in ems). */
const settings: Readonly<Record<Face, { readonly scale: number; readonly above: number; readonly below: number }>> = {
  latin: { scale: 1, above: 0.94, below: 0.28 },
  chinese: { scale: 1, above: 0.98, below: 0.3 },
  arabic: { scale: 1.15, above: 1.02, below: 0.5 },
};

const isSpace = (text: string): boolean => text === ' ';
const isWide = (text: string): boolean => /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\u3000-\u303F\uFF00-\uFF60]/u.test(text);
const closes = (text: string): boolean => /^[\p{Pe}\p{Pf},.;:!?…·、。，．；：？！％ー々]/u.test(text);
const opens = (text: string): boolean => /^[\p{Ps}\p{Pi}]/u.test(text);

const mayBreakBetween = (before: string, left: string, right: string): boolean => {
  if (isSpace(right) || left === '\u00A0' || right === '\u00A0') return false;
  if (isSpace(left)) return true;
  if (isWide(left) || isWide(right)) return !closes(right) && !opens(left);
  return /^[-‐–—/]$/u.test(left) && /\p{L}/u.test(before) && /\p{L}/u.test(right);
};

/** L2 of the bidirectional algorithm: from the highest level down, turn every stretch of at least that level round. */
function inVisualOrder<T extends { readonly level: number }>(logical: readonly T[]): T[] {
  const order = [...logical];
  const highest = Math.max(0, ...order.map((run) => run.level));
  for (let level = highest; level > 0; level--) {
    for (let start = 0; start < order.length; start++) {
      let end = start;
      while ((order[end]?.level ?? -1) >= level) end++;
      if (end > start) {
        order.splice(start, end - start, ...order.slice(start, end).reverse());
        start = end;
      }
    }
  }
  return order;
}

/** Sets text in the label's fonts: falls back from font to font, orders mixed directions, wraps, shrinks and shortens. */
export interface TextLayout {
  /** One line, however long. */
  line(text: string, weight?: Weight): Line;
  /** The largest setting of the paragraphs that fits the frame; what fits at no size is shortened with an ellipsis. */
  fit(paragraphs: readonly Paragraph[], frame: Frame): Block;
}

/** Makes the text layout over a set of fonts. */
export function createTextLayout(open: OpenFont): TextLayout {
  const shapes = new Map<string, { readonly width: number; readonly rtl: boolean } | null>();

  /** What the font makes of a run, or null where its tables cannot cope with it. */
  const shape = (text: string, face: Face, weight: Weight) => {
    const key = `${face}-${weight}-${text}`;
    const known = shapes.get(key);
    if (known !== undefined) return known;
    let shaped: { readonly width: number; readonly rtl: boolean } | null;
    try {
      const font = open(face, weight);
      const run = font.layout(text, []);
      shaped = { width: (run.advanceWidth / font.unitsPerEm) * settings[face].scale, rtl: run.direction === 'rtl' };
    } catch (error) {
      if (error instanceof Fault) throw error;
      shaped = null;
    }
    shapes.set(key, shaped);
    return shaped;
  };

  const has = (face: Face, weight: Weight, text: string): boolean => {
    const font = open(face, weight);
    return Array.from(text).every((character) => font.hasGlyphForCodePoint(character.codePointAt(0) ?? 0));
  };

  const faceOf = (text: string, weight: Weight, previous: Face): Face | undefined =>
    // Spaces and punctuation stay with the word before them, so that a script is shaped in one go.
    /^[\p{Zs}\p{P}]+$/u.test(text) && has(previous, weight, text) ? previous : faces.find((face) => has(face, weight, text));

  const clustersOf = (text: string, weight: Weight): { clusters: Cluster[]; direction: 'ltr' | 'rtl' } => {
    const shown: { text: string; face: Face }[] = [];
    let previous: Face = 'latin';
    for (const cluster of clusterTexts(text)) {
      const bare = cluster.replace(/\u200C|\u200D|[\u{FE00}-\u{FE0F}]/gu, '');
      const candidates = [cluster, bare, bare.replace(/\p{M}+$/u, '')].filter((candidate) => candidate !== '');
      const found = candidates.map((candidate) => ({ text: candidate, face: faceOf(candidate, weight, previous) })).find((candidate) => candidate.face !== undefined);
      const face = found?.face ?? 'latin';
      shown.push({ text: found?.text ?? missing, face });
      previous = face;
    }
    const embedding = bidi.getEmbeddingLevels(shown.map((cluster) => cluster.text).join(''), 'auto');
    let at = 0;
    const clusters = shown.map((cluster) => {
      const level = embedding.levels[at] ?? 0;
      at += cluster.text.length;
      return { ...cluster, level, script: /\p{Script=Devanagari}/u.test(cluster.text) ? 'Deva' : '' };
    });
    return { clusters, direction: (embedding.paragraphs[0]?.level ?? 0) % 2 === 1 ? 'rtl' : 'ltr' };
  };

  const runOf = (clusters: readonly Cluster[], weight: Weight): Run => {
    const [first] = clusters;
    const face = first?.face ?? 'latin';
    const isRtl = (first?.level ?? 0) % 2 === 1;
    const mirrored = clusters.map((cluster) => (isRtl ? bidi.getMirroredCharacter(cluster.text) ?? cluster.text : cluster.text));
    const logical = mirrored.join('');
    const shaped = shape(logical, face, weight);
    if (shaped === null) {
      const text = missing.repeat(clusters.length);
      return { text, face: 'latin', weight, scale: settings.latin.scale, width: shape(text, 'latin', weight)?.width ?? 0 };
    }
    // The font takes its direction from the script, so what has no script of its own (or Persian digits) is turned here.
    const text = shaped.rtl === isRtl ? logical : mirrored.reverse().join('');
    return { text, face, weight, scale: settings[face].scale, width: shape(text, face, weight)?.width ?? shaped.width };
  };

  const lineOf = (clusters: readonly Cluster[], weight: Weight, direction: 'ltr' | 'rtl'): Line => {
    let end = clusters.length;
    while (isSpace(clusters[end - 1]?.text ?? '')) end--;
    const groups: Cluster[][] = [];
    for (const cluster of clusters.slice(0, end)) {
      const group = groups.at(-1);
      const last = group?.[0];
      if (last && last.level === cluster.level && last.face === cluster.face && last.script === cluster.script) group?.push(cluster);
      else groups.push([cluster]);
    }
    const runs = inVisualOrder(groups.map((group) => ({ group, level: group[0]?.level ?? 0 }))).map(({ group }) => runOf(group, weight));
    return { runs, width: runs.reduce((sum, run) => sum + run.width, 0), direction };
  };

  const prepare = ({ text, weight = 'regular', scale = 1 }: Paragraph): Prepared => {
    const { clusters, direction } = clustersOf(cleanText(text), weight);
    const widthOf = (start: number, end: number) => lineOf(clusters.slice(start, end), weight, direction).width;
    const pieces: Piece[] = [];
    let start = 0;
    clusters.forEach((cluster, index) => {
      const next = clusters[index + 1];
      if (next && !mayBreakBetween(clusters[index - 1]?.text ?? '', cluster.text, next.text)) return;
      const trimmed = widthOf(start, index + 1);
      pieces.push({ start, end: index + 1, trimmed, width: trimmed + (isSpace(cluster.text) ? (shape(' ', 'latin', weight)?.width ?? 0) : 0) });
      start = index + 1;
    });
    const used = [settings.latin, ...clusters.map((cluster) => settings[cluster.face])];
    const above = Math.max(...used.map((setting) => setting.above));
    return { clusters, pieces, weight, direction, scale, above, leading: above + Math.max(...used.map((setting) => setting.below)) };
  };

  /** Where each line starts and ends when the lines may be `width` ems long. */
  const wrap = ({ clusters, pieces, weight, direction }: Prepared, width: number): { readonly start: number; readonly end: number }[] => {
    const lines: { start: number; end: number }[] = [];
    let current: { start: number; end: number } | undefined;
    let used = 0;
    const put = (piece: Piece) => {
      if (current && used + piece.trimmed <= width) current.end = piece.end;
      else {
        current = { start: piece.start, end: piece.end };
        lines.push(current);
        used = 0;
      }
      used += piece.width;
    };
    for (const piece of pieces) {
      if (piece.trimmed <= width) put(piece);
      else
        for (let index = piece.start; index < piece.end; index++) {
          const letter = lineOf(clusters.slice(index, index + 1), weight, direction).width;
          put({ start: index, end: index + 1, width: letter, trimmed: letter });
        }
    }
    return lines;
  };

  const shortened = (paragraph: Prepared, start: number, width: number): Line => {
    const { clusters, weight, direction } = paragraph;
    const rest = clusters.slice(start);
    const ellipsis: Cluster = { text: '…', face: 'latin', level: direction === 'rtl' ? 1 : 0, script: '' };
    let low = 0;
    let high = rest.length;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if (lineOf([...rest.slice(0, middle), ellipsis], weight, direction).width <= width) low = middle;
      else high = middle - 1;
    }
    return lineOf([...rest.slice(0, low), ellipsis], weight, direction);
  };

  const blockOf = (paragraphs: readonly Prepared[], size: number, width: number, atMost: number): Block => {
    const lines: PlacedLine[] = [];
    let top = 0;
    for (const paragraph of paragraphs) {
      const own = size * paragraph.scale;
      const ems = width / own;
      const ranges = wrap(paragraph, ems);
      ranges.slice(0, atMost).forEach((range, index) => {
        const isCut = index === atMost - 1 && ranges.length > atMost;
        const line = isCut ? shortened(paragraph, range.start, ems) : lineOf(paragraph.clusters.slice(range.start, range.end), paragraph.weight, paragraph.direction);
        // Kerning across pieces may make a line a hair longer than the sum of its pieces.
        lines.push({ ...line, size: Math.min(own, width / Math.max(line.width, 0.001)), baseline: top + own * paragraph.above });
        top += own * paragraph.leading;
      });
    }
    const rtl = lines.filter((line) => line.direction === 'rtl').length;
    return { lines, height: top, direction: rtl * 2 > lines.length ? 'rtl' : 'ltr' };
  };

  const heightOf = (paragraphs: readonly Prepared[], size: number, width: number, atMost: number): number =>
    paragraphs.reduce((sum, paragraph) => sum + Math.min(atMost, wrap(paragraph, width / (size * paragraph.scale)).length) * size * paragraph.scale * paragraph.leading, 0);

  return {
    line(text, weight = 'regular') {
      const { clusters, direction } = clustersOf(cleanText(text), weight);
      return lineOf(clusters, weight, direction);
    },
    fit(paragraphs, { width, height, size, smallest }) {
      const prepared = paragraphs.map(prepare).filter((paragraph) => paragraph.clusters.length > 0);
      for (let tried = size; tried >= smallest; tried -= 0.25) {
        if (heightOf(prepared, tried, width, Infinity) <= height) return blockOf(prepared, tried, width, Infinity);
      }
      for (const atMost of [6, 5, 4, 3, 2, 1]) {
        if (heightOf(prepared, smallest, width, atMost) <= height) return blockOf(prepared, smallest, width, atMost);
      }
      const least = heightOf(prepared, smallest, width, 1);
      return blockOf(prepared, smallest * (height / least), width, 1);
    },
  };
}
