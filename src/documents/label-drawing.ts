import type { AddressBlock, Field, LabelContent } from './label-content.js';
import { columns, inset, rows, type Box, type Sheet } from './sheet.js';

const line = 0.8;
const thick = 2;

function drawField(sheet: Sheet, box: Box, { caption, value }: Field, size: number, captionSize = 6): void {
  const [head, body] = rows(inset(box, 6, 4), captionSize * 1.5) as [Box, Box];
  sheet.text(head, [{ text: caption }], { size: captionSize, smallest: 4 });
  sheet.text(body, [{ text: value, weight: 'bold' }], { size, down: 'middle' });
}

function drawAddress(sheet: Sheet, box: Box, address: AddressBlock, size: number, isTarget: boolean): void {
  const [head, body] = rows(inset(box, 6, 4), isTarget ? 13 : 9) as [Box, Box];
  sheet.text(head, [{ text: address.caption, weight: isTarget ? 'bold' : 'regular' }], { size: isTarget ? 9 : 6 });
  sheet.text(
    body,
    [{ text: address.name, weight: 'bold', scale: 1.1 }, ...address.lines.map((text) => ({ text })), { text: address.country, weight: 'bold' }],
    { size, across: 'lines', down: 'middle' },
  );
}

function drawTitle(sheet: Sheet, box: Box, title: string, size: number): void {
  sheet.fill(box);
  sheet.text(inset(box, 8, 3), [{ text: title, weight: 'bold' }], { size, smallest: 8, colour: 'white', across: 'centre', down: 'middle' });
}

function drawTracking(sheet: Sheet, box: Box, { caption, value }: Field): void {
  const inner = inset(box, 4, 4);
  const [head, middle, foot] = rows(inner, 9, inner.height - 9 - 17) as [Box, Box, Box];
  sheet.text(inset(head, 2, 0), [{ text: caption }], { size: 6 });
  const isDrawn = sheet.barcode(inset(middle, 0, 2), value);
  sheet.text(isDrawn ? foot : { ...middle, height: middle.height + foot.height }, [{ text: value, weight: 'bold' }], { size: isDrawn ? 12.5 : 16, across: 'centre', down: 'middle' });
}

function drawReturnNumber(sheet: Sheet, box: Box, { caption, value }: Field, size: number): void {
  const inner = inset(box, 6, 5);
  const bars = Math.min(30, inner.height * 0.34);
  const [head, number, code] = rows(inner, 10, inner.height - 10 - bars) as [Box, Box, Box];
  sheet.text(head, [{ text: caption }], { size: 6.5 });
  sheet.text(number, [{ text: value, weight: 'bold' }], { size, across: 'centre', down: 'middle' });
  sheet.barcode(code, value);
}

function drawFacts(sheet: Sheet, box: Box, facts: readonly Field[], size: number): void {
  const cells = columns(box, 1.15, 0.6, 1.1, 1.15);
  facts.forEach((fact, index) => {
    const cell = cells[index];
    if (!cell) return;
    drawField(sheet, cell, fact, size);
    if (index > 0) sheet.rule([cell.x, cell.y], [cell.x, cell.y + cell.height], line);
  });
}

const underline = (sheet: Sheet, box: Box, thickness = line) => sheet.rule([box.x, box.y + box.height], [box.x + box.width, box.y + box.height], thickness);
const sideline = (sheet: Sheet, box: Box) => sheet.rule([box.x + box.width, box.y], [box.x + box.width, box.y + box.height], line);

/** The label standing upright, as it fills an A6 page. */
export function drawUprightLabel(sheet: Sheet, box: Box, content: LabelContent): void {
  const [header, from, to, facts, tracking, foot] = rows(box, 40, 68, 96, 33, 78) as [Box, Box, Box, Box, Box, Box];
  const [title, carrier] = columns(header, 1.25, 1) as [Box, Box];
  drawTitle(sheet, title, content.title, 25);
  drawField(sheet, carrier, content.carrier, 14);
  drawAddress(sheet, from, content.from, 8.5, false);
  drawAddress(sheet, to, content.to, 13, true);
  drawFacts(sheet, facts, content.facts, 9);
  drawTracking(sheet, tracking, content.tracking);
  const [code, number] = columns(foot, foot.height, foot.width - foot.height) as [Box, Box];
  sheet.qrCode(inset(code, 3), content.code);
  drawReturnNumber(sheet, number, content.returnNumber, 22);
  sideline(sheet, code);
  for (const row of [header, facts, tracking]) underline(sheet, row);
  for (const row of [from, to]) underline(sheet, row, thick);
  sheet.frame(box, thick);
}

/** The label lying on its side, as it fills the upper half of an A4 sheet. */
export function drawLyingLabel(sheet: Sheet, box: Box, content: LabelContent): void {
  const [header, middle, facts, tracking] = rows(box, 46, 190, 38) as [Box, Box, Box, Box];
  const [title, carrier] = columns(header, 1.62, 1) as [Box, Box];
  const [left, right] = columns(middle, 1.62, 1) as [Box, Box];
  const [from, to] = rows(left, 74) as [Box, Box];
  const [code, number] = rows(right, 110) as [Box, Box];
  drawTitle(sheet, title, content.title, 29);
  drawField(sheet, carrier, content.carrier, 17, 6.5);
  drawAddress(sheet, from, content.from, 9.5, false);
  drawAddress(sheet, to, content.to, 15, true);
  sheet.qrCode(inset(code, 6), content.code);
  drawReturnNumber(sheet, number, content.returnNumber, 23);
  drawFacts(sheet, facts, content.facts, 11);
  drawTracking(sheet, tracking, content.tracking);
  sideline(sheet, left);
  for (const row of [header, facts]) underline(sheet, row);
  for (const row of [from, middle]) underline(sheet, row, thick);
  sheet.frame(box, thick);
}
