import PDFDocument from 'pdfkit';
import { code128, qrCode } from './barcodes.js';
import type { OpenFont } from './fonts.js';
import { createTextLayout, type Block, type Line, type Paragraph } from './text-layout.js';

/** A place on the page, in points from its upper left corner. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Makes a box smaller on all sides, or by its own amounts. */
export const inset = (box: Box, by: number, down = by): Box => ({ x: box.x + by, y: box.y + down, width: box.width - 2 * by, height: box.height - 2 * down });

/** Cuts a box into columns with the given shares of its width. */
export const columns = (box: Box, ...shares: readonly number[]): Box[] => {
  const whole = shares.reduce((a, b) => a + b, 0);
  let x = box.x;
  return shares.map((share) => {
    const width = (box.width * share) / whole;
    x += width;
    return { ...box, x: x - width, width };
  });
};

/** Cuts a box into rows of the given heights; the last one takes what is left. */
export const rows = (box: Box, ...heights: readonly number[]): Box[] => {
  let y = box.y;
  return [...heights, box.y + box.height - heights.reduce((a, b) => a + b, box.y)].map((height) => {
    y += height;
    return { ...box, y: y - height, height };
  });
};

/** How text is put into a box. */
export interface Setting {
  readonly size: number;
  readonly smallest?: number;
  readonly colour?: 'black' | 'white';
  /**
   * `start` is the side on which most of the lines begin, `lines` too. They differ on a mirrored sheet, where `start` is
   * the right even for Latin words, which would part from their caption at the left.
   */
  readonly across?: 'start' | 'lines' | 'centre' | 'end';
  readonly down?: 'top' | 'middle' | 'bottom';
}

/** A page to draw on; texts never leave their box. Where it is read from the right, all that is drawn at the left stands at the right. */
export interface Sheet {
  text(box: Box, paragraphs: readonly Paragraph[], setting: Setting): Block;
  fill(box: Box): void;
  frame(box: Box, thickness: number): void;
  rule(from: readonly [number, number], to: readonly [number, number], thickness: number, dashed?: boolean): void;
  disc(x: number, y: number, radius: number): void;
  /** Scissors drawn on a dashed line, with their handles before `x`. */
  scissors(x: number, y: number): void;
  /** False where the number cannot be a barcode, or its bars would be too fine to be read. */
  barcode(box: Box, number: string): boolean;
  qrCode(box: Box, text: string): void;
  /** Goes on, on a further page of the same size. */
  newPage(): void;
  /** The finished file. */
  end(): Promise<Uint8Array>;
}

/** Below this, in points (0.17 mm), a desktop printer smears the bars. */
const finestBar = 0.48;

/** Opens a PDF with its first page, of the given size, mirrored for a language that is read from the right. */
export function createSheet(open: OpenFont, page: { readonly width: number; readonly height: number; readonly title: string; readonly subject: string; readonly language: string; readonly direction: 'ltr' | 'rtl'; readonly at: Date }): Sheet {
  const pdf = new PDFDocument({
    size: [page.width, page.height], margin: 0, pdfVersion: '1.7', lang: page.language, displayTitle: true,
    info: { Title: page.title, Subject: page.subject, Creator: 'Aftercare', Producer: 'Aftercare', CreationDate: page.at, ModDate: page.at },
  });
  const chunks: Uint8Array[] = [];
  const finished = new Promise<Uint8Array>((resolve, reject) => {
    pdf.on('data', (chunk: Uint8Array) => chunks.push(chunk));
    pdf.on('end', () => resolve(Buffer.concat(chunks)));
    pdf.on('error', reject);
  });
  const layout = createTextLayout(open);
  const isMirrored = page.direction === 'rtl';
  const across = (x: number): number => (isMirrored ? page.width - x : x);
  const leftOf = (box: Box): number => across(isMirrored ? box.x + box.width : box.x);

  const write = (line: Line, size: number, x: number, baseline: number) => {
    let at = x;
    for (const run of line.runs) {
      pdf.font(open(run.face, run.weight) as unknown as PDFKit.Mixins.PDFFontSource, `${run.face}-${run.weight}`, size * run.scale);
      pdf.text(run.text, at, baseline, { lineBreak: false, baseline: 'alphabetic', features: [] });
      at += run.width * size;
    }
  };

  return {
    text(box, paragraphs, { size, smallest = 5, colour = 'black', across: side = 'start', down = 'top' }) {
      const block = layout.fit(paragraphs, { width: box.width, height: box.height, size, smallest: Math.min(size, smallest) });
      const room = box.height - block.height;
      const top = box.y + (down === 'middle' ? room / 2 : down === 'bottom' ? room : 0);
      const isAtRight = side === 'end' ? !isMirrored : (isMirrored && side === 'start') || block.direction === 'rtl';
      pdf.fillColor(colour);
      for (const line of block.lines) {
        const rest = box.width - line.width * line.size;
        write(line, line.size, leftOf(box) + (side === 'centre' ? rest / 2 : isAtRight ? rest : 0), top + line.baseline);
      }
      return block;
    },
    fill(box) {
      pdf.rect(leftOf(box), box.y, box.width, box.height).fill('black');
    },
    frame(box, thickness) {
      pdf.lineWidth(thickness).rect(leftOf(box), box.y, box.width, box.height).stroke('black');
    },
    rule([x1, y1], [x2, y2], thickness, dashed = false) {
      pdf.save().lineWidth(thickness);
      if (dashed) pdf.dash(5, { space: 4 });
      pdf.moveTo(across(x1), y1).lineTo(across(x2), y2).stroke('black').restore();
    },
    disc(x, y, radius) {
      pdf.circle(across(x), y, radius).fill('black');
    },
    scissors(x, y) {
      pdf.save().lineWidth(1.1);
      for (const side of [-1, 1]) {
        pdf.circle(across(x - 5), y + side * 3.4, 2.3).stroke('black');
        pdf.moveTo(across(x - 3.1), y + side * 2.2).lineTo(across(x + 7), y - side * 2.8).stroke('black');
      }
      pdf.restore();
    },
    barcode(box, number) {
      const bars = code128(number);
      if (!bars) return false;
      const quiet = 10;
      const module = Math.min(box.width / (bars.reduce((a, b) => a + b, 0) + 2 * quiet), 1.35);
      if (module < finestBar) return false;
      let x = leftOf(box) + (box.width - module * bars.reduce((a, b) => a + b, 0)) / 2;
      bars.forEach((modules, index) => {
        if (index % 2 === 0) pdf.rect(x, box.y, modules * module, box.height);
        x += modules * module;
      });
      pdf.fill('black');
      return true;
    },
    qrCode(box, text) {
      const modules = qrCode(text);
      if (!modules) return;
      const side = Math.min(box.width, box.height);
      const quiet = 2;
      const module = side / (modules.length + 2 * quiet);
      const left = leftOf(box) + (box.width - side) / 2 + quiet * module;
      const top = box.y + (box.height - side) / 2 + quiet * module;
      modules.forEach((row, y) => {
        for (let x = 0; x < row.length; x++) {
          let end = x;
          while (row[end]) end++;
          if (end > x) pdf.rect(left + x * module, top + y * module, (end - x) * module, module);
          x = end;
        }
      });
      pdf.fill('black');
    },
    newPage() {
      pdf.addPage();
    },
    end() {
      pdf.end();
      return finished;
    },
  };
}
