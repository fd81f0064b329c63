import type { CaseFileContent, Passage } from './case-file-content.js';
import { columns, rows, type Box, type Sheet } from './sheet.js';

const gap = 10;

function drawHead(sheet: Sheet, box: Box, content: CaseFileContent): number {
  const [top] = rows(box, 40) as [Box, Box];
  const [title, number] = columns(top, 1.4, 1) as [Box, Box];
  sheet.text(title, [{ text: content.title, weight: 'bold' }], { size: 24, smallest: 12 });
  sheet.text(number, [{ text: content.number, weight: 'bold' }], { size: 14, smallest: 8, across: 'end', down: 'middle' });
  sheet.rule([box.x, top.y + 42], [box.x + box.width, top.y + 42], 1.6);
  let y = top.y + 52;
  const pairs = content.facts.map((fact, index) => ({ fact, column: index % 2, row: Math.floor(index / 2) }));
  for (const { fact, column, row } of pairs) {
    const cell = columns({ ...box, y: y + row * 34, height: 32 }, 1, 1)[column];
    if (!cell) continue;
    sheet.text({ ...cell, height: 10 }, [{ text: fact.caption }], { size: 8, smallest: 6 });
    sheet.text({ ...cell, y: cell.y + 11, height: 19, width: cell.width - 12 }, [{ text: fact.value, weight: 'bold' }], { size: 10, smallest: 6 });
  }
  y += Math.ceil(pairs.length / 2) * 34;
  return y + gap;
}

/** How high a row needs to be: long words wrap, very long ones are set smaller. */
const heightOf = (row: Passage['rows'][number], shares: readonly number[], width: number): number => {
  const linesOf = (text: string, room: number): number => Math.max(1, Math.ceil((Array.from(text).reduce((sum, letter) => sum + (/[\u1100-\u{3FFFD}]/u.test(letter) ? 9.6 : 5), 0)) / room));
  const cells = Math.max(...row.cells.map((text, index) => linesOf(text, width * (shares[index] ?? 1) - 10)));
  const beside = shares.length > 1 ? (1 - (shares[0] ?? 0)) * width : width;
  return 7 + cells * 13 + (row.small === undefined ? 0 : Math.min(linesOf(row.small, beside * 1.12), 8) * 11 + 1);
};

function drawRow(sheet: Sheet, box: Box, row: Passage['rows'][number], shares: readonly number[]): void {
  const cells = columns(box, ...shares);
  const small = row.small === undefined ? 0 : box.height - heightOf({ cells: row.cells }, shares, box.width);
  cells.forEach((cell, index) => {
    sheet.text({ ...cell, y: cell.y + 4, width: cell.width - 10, height: cell.height - 6 - small }, [{ text: row.cells[index] ?? '' }], { size: 9.5, smallest: 5.5, across: 'start' });
  });
  const [first = box] = cells;
  if (row.small !== undefined) {
    const x = shares.length > 1 ? first.x + first.width : box.x;
    sheet.text({ x, y: box.y + box.height - small - 1, width: box.x + box.width - x, height: small }, [{ text: row.small }], { size: 8, smallest: 4.5, across: 'start' });
  }
  sheet.rule([box.x, box.y + box.height], [box.x + box.width, box.y + box.height], 0.4);
}

/** Draws a case file on as many A4 pages as it takes. */
export function drawCaseFile(sheet: Sheet, page: Box, content: CaseFileContent): void {
  let y = drawHead(sheet, page, content);
  const turn = (needed: number): void => {
    if (y + needed <= page.y + page.height) return;
    sheet.newPage();
    y = page.y;
  };
  for (const passage of content.passages) {
    const [first] = passage.rows;
    turn(24 + (first ? heightOf(first, passage.shares, page.width) : 0));
    sheet.text({ ...page, y, height: 16 }, [{ text: passage.title, weight: 'bold' }], { size: 11.5, smallest: 7 });
    y += 18;
    sheet.rule([page.x, y], [page.x + page.width, y], 0.9);
    for (const row of passage.rows) {
      const height = heightOf(row, passage.shares, page.width);
      turn(height);
      drawRow(sheet, { ...page, y, height }, row, passage.shares);
      y += height;
    }
    y += gap + 4;
  }
  turn(30);
  sheet.text({ ...page, y, height: 28 }, [{ text: content.note }], { size: 8.5, smallest: 6 });
}
