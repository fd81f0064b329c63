import type { DocumentRequest } from '../domain/message.js';
import type { Texts } from '../ports/texts.js';
import type { OpenFont } from './fonts.js';
import { drawInstructions } from './instructions-drawing.js';
import { labelWords } from './label-content.js';
import { drawLyingLabel, drawUprightLabel } from './label-drawing.js';
import { createSheet } from './sheet.js';
import { directionOf } from './text-layout.js';

const millimetre = 72 / 25.4;
/** Sizes of paper, in points. */
export const pages = {
  A6: { width: 105 * millimetre, height: 148 * millimetre },
  A4: { width: 210 * millimetre, height: 297 * millimetre },
} as const;

/** Draws a printable return label on the paper asked for. Days are told in `zone`. */
export async function drawReturnLabel(open: OpenFont, texts: Texts, locale: string, zone: string | undefined, request: Extract<DocumentRequest, { document: 'return-label' }>): Promise<Uint8Array> {
  const at = new Date(request.return.openedAt);
  if (Number.isNaN(at.getTime())) throw new RangeError(`openedAt is no time: ${request.return.openedAt}`);
  const words = labelWords(texts, locale, zone, request);
  const label = words.label();
  const { width, height } = pages[request.page];
  const sheet = createSheet(open, { width, height, title: label.document, subject: `${request.return.number} ${request.page} ${label.language}`, language: label.language, direction: directionOf(label.title), at });
  switch (request.page) {
    case 'A6': {
      const margin = 8.5;
      drawUprightLabel(sheet, { x: margin, y: margin, width: width - 2 * margin, height: height - 2 * margin }, label);
      break;
    }
    case 'A4': {
      const margin = 28;
      const half = height / 2;
      drawLyingLabel(sheet, { x: margin, y: margin, width: width - 2 * margin, height: half - margin - 22 }, label);
      const content = words.sheet();
      sheet.rule([margin + 16, half], [width, half], 0.8, true);
      sheet.scissors(margin + 7, half);
      sheet.text({ x: margin, y: half + 5, width: width - 2 * margin, height: 12 }, [{ text: content.cutHere }], { size: 7.5, across: 'centre' });
      drawInstructions(sheet, { x: margin, y: half + 30, width: width - 2 * margin, height: half - 30 - margin }, content);
      break;
    }
  }
  return sheet.end();
}
