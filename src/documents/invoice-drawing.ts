import type { InvoiceContent } from './invoice-content.js';
import { columns, rows, type Box, type Sheet } from './sheet.js';

const rowHeight = 31;
const shares = [0.08, 0.48, 0.15, 0.13, 0.16] as const;

function drawHead(sheet: Sheet, box: Box, content: InvoiceContent): void {
  const [top, , middle] = rows(box, 44, 14) as [Box, Box, Box];
  const [title, seller] = columns(top, 1.4, 1) as [Box, Box];
  sheet.text(title, [{ text: content.title, weight: 'bold' }], { size: 25, smallest: 12 });
  sheet.text(seller, content.seller.map((text, index) => ({ text, weight: index === 0 ? 'bold' as const : 'regular' as const })), { size: 10.5, smallest: 7, across: 'end' });
  sheet.rule([box.x, top.y + top.height + 4], [box.x + box.width, top.y + top.height + 4], 1.6);
  const [address, , facts] = columns(middle, 1.2, 0.1, 1) as [Box, Box, Box];
  const [caption, lines] = rows(address, 14) as [Box, Box];
  sheet.text(caption, [{ text: content.address.caption }], { size: 8 });
  sheet.text(lines, [{ text: content.address.name, weight: 'bold' }, ...content.address.lines.map((text) => ({ text }))], { size: 10.5, smallest: 6 });
  content.facts.forEach((fact, index) => {
    const row = { ...facts, y: facts.y + index * 26, height: 24 };
    sheet.text({ ...row, height: 10 }, [{ text: fact.caption }], { size: 8 });
    sheet.text({ ...row, y: row.y + 10, height: 14 }, [{ text: fact.value, weight: 'bold' }], { size: 10.5, smallest: 6 });
  });
}

function drawRow(sheet: Sheet, box: Box, cells: readonly string[], weight: 'regular' | 'bold', options = ''): void {
  columns(box, ...shares).forEach((cell, index) => {
    const text = cells[index] ?? '';
    const inner = { ...cell, x: cell.x + (index === 0 ? 0 : 5), width: cell.width - (index === 0 ? 5 : 5), y: cell.y + 3, height: cell.height - 6 };
    sheet.text(inner, [{ text, weight }, ...(index === 1 && options !== '' ? [{ text: options, scale: 0.86 }] : [])], { size: weight === 'bold' ? 8.5 : 9.5, smallest: 5.5, across: index > 1 ? 'end' : 'start', down: 'middle' });
  });
  sheet.rule([box.x, box.y + box.height], [box.x + box.width, box.y + box.height], weight === 'bold' ? 0.9 : 0.4);
}

/** Draws the table and what stands below it, on as many pages as it takes. */
function drawTable(sheet: Sheet, page: Box, from: number, content: InvoiceContent): void {
  const bottom = page.y + page.height;
  let y = from;
  const head = (): void => {
    drawRow(sheet, { ...page, y, height: 22 }, content.columns, 'bold');
    y += 22;
  };
  const turn = (needed: number): boolean => {
    if (y + needed <= bottom) return false;
    sheet.newPage();
    y = page.y;
    return true;
  };
  head();
  for (const line of content.lines) {
    if (turn(rowHeight)) head();
    drawRow(sheet, { ...page, y, height: rowHeight }, [line.quantity, line.name, line.price, line.discount, line.sum], 'regular', line.options);
    y += rowHeight;
  }
  y += 8;
  for (const sum of content.sums) {
    turn(20);
    const [, caption, value] = columns({ ...page, y, height: 19 }, 0.42, 0.36, 0.22) as [Box, Box, Box];
    const setting = { size: sum.isTotal ? 12 : 10, smallest: 6, down: 'middle' } as const;
    if (sum.isTotal) sheet.rule([caption.x, y], [page.x + page.width, y], 0.9);
    sheet.text(caption, [{ text: sum.caption, weight: sum.isTotal ? 'bold' : 'regular' }], setting);
    sheet.text(value, [{ text: sum.value, weight: sum.isTotal ? 'bold' : 'regular' }], { ...setting, across: 'end' });
    y += sum.isTotal ? 23 : 19;
  }
  y += 12;
  turn(18 + content.payments.lines.length * 16);
  sheet.text({ ...page, y, height: 15 }, [{ text: content.payments.title, weight: 'bold' }], { size: 10.5 });
  y += 18;
  for (const text of content.payments.lines) {
    turn(16);
    sheet.text({ ...page, y, height: 14 }, [{ text }], { size: 9.5, smallest: 6 });
    y += 16;
  }
  y += 12;
  turn(content.notes.length * 26);
  for (const text of content.notes) {
    const { height } = sheet.text({ ...page, y, height: 24 }, [{ text }], { size: 8.5, smallest: 6 });
    y += height + 4;
  }
}

/** Draws a receipt on A4 pages. */
export function drawInvoice(sheet: Sheet, page: Box, content: InvoiceContent): void {
  drawHead(sheet, { ...page, height: 165 }, content);
  drawTable(sheet, page, page.y + 175, content);
}
