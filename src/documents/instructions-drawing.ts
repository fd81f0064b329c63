import type { SheetContent } from './label-content.js';
import { columns, inset, rows, type Box, type Sheet } from './sheet.js';

function drawSteps(sheet: Sheet, box: Box, steps: readonly string[]): void {
  const gap = 12;
  let y = box.y;
  steps.forEach((step, index) => {
    const room = (box.y + box.height - y) / (steps.length - index) - gap;
    sheet.disc(box.x + 9, y + 9, 9);
    sheet.text({ x: box.x, y, width: 18, height: 18 }, [{ text: String(index + 1), weight: 'bold' }], { size: 10, colour: 'white', across: 'centre', down: 'middle' });
    const { height } = sheet.text({ x: box.x + 27, y: y + 1.5, width: box.width - 27, height: room }, [{ text: step }], { size: 10.5 });
    y += Math.max(18, height) + gap;
  });
}

function drawContents(sheet: Sheet, box: Box, { contents, more }: SheetContent): void {
  const height = 31;
  const room = Math.floor(box.height / height);
  const shown = contents.items.length > room ? contents.items.slice(0, room - 1) : contents.items;
  shown.forEach(({ count, name, options }, index) => {
    const row = { ...box, y: box.y + index * height, height };
    const [amount, text] = columns(row, 30, row.width - 30) as [typeof row, typeof row];
    sheet.text(inset(amount, 0, 4), [{ text: `${count} ×`, weight: 'bold' }], { size: 10 });
    sheet.text(inset(text, 0, 4), [{ text: name }, { text: options, scale: 0.88 }], { size: 9.5, smallest: 6.5 });
    sheet.rule([row.x, row.y + height], [row.x + row.width, row.y + height], 0.4);
  });
  const hidden = contents.items.length - shown.length;
  if (hidden > 0) sheet.text({ ...box, y: box.y + shown.length * height, height }, [{ text: more(hidden) }], { size: 9.5, down: 'middle' });
}

/** The part of the sheet that the customer keeps: how to pack and hand in, what is in the parcel, who pays. */
export function drawInstructions(sheet: Sheet, box: Box, content: SheetContent): void {
  const [main, , notes] = rows(box, box.height - 66, 10) as [Box, Box, Box];
  const [left, , right] = columns(main, 1.2, 0.1, 1) as [Box, Box, Box];
  const [leftHead, steps] = rows(left, 30) as [Box, Box];
  const [rightHead, list] = rows(right, 30) as [Box, Box];
  sheet.text({ ...leftHead, height: 20 }, [{ text: content.packing.title, weight: 'bold' }], { size: 13.5, down: 'middle' });
  drawSteps(sheet, steps, content.packing.steps);
  const [title, pieces] = columns({ ...rightHead, height: 20 }, 2, 1) as [Box, Box];
  sheet.text(title, [{ text: content.contents.title, weight: 'bold' }], { size: 13.5, down: 'middle' });
  sheet.text(pieces, [{ text: content.contents.pieces }], { size: 9.5, across: 'end', down: 'middle' });
  sheet.rule([right.x, list.y - 4], [right.x + right.width, list.y - 4], 0.8);
  drawContents(sheet, { ...list, y: list.y - 4 }, content);

  sheet.frame(notes, 1);
  columns(notes, ...content.notes.map(() => 1)).forEach((cell, index) => {
    const note = content.notes[index];
    if (note) sheet.text(inset(cell, 10, 7), [{ text: note.title, weight: 'bold', scale: 1.1 }, { text: note.text }], { size: 9.5, down: 'middle' });
    if (index > 0) sheet.rule([cell.x, cell.y], [cell.x, cell.y + cell.height], 0.5);
  });
}
