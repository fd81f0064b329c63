import { inflateSync } from 'node:zlib';
import { expect, test } from '@jest/globals';
import { createDocuments } from '../../src/documents/documents.js';
import { anOrder } from '../domain/an-order.js';
import { aReturn, customers } from './a-return.js';
import { createLabelTexts } from './texts-twin.js';

/** What a buyer might write into a name, an address or a note to have it run in whoever opens the paper. */
const payloads = ['<script>alert(1)</script>', ') /OpenAction << /S /JavaScript /JS (app.alert(1)) >> (', '\\) Tj ET endstream endobj 9 0 obj << /AA 1 >>', 'javascript:alert(1)', '\u202e(https://evil.example)', '=HYPERLINK("https://evil.example")', '\u0000\u001b[31m'];

/** The file as a whole and all its streams unpacked, but for what the fonts hold. */
function insideOf(bytes: Uint8Array): string {
  const file = Buffer.from(bytes);
  const found = [file.toString('latin1')];
  for (let at = file.indexOf('stream\n'); at !== -1; at = file.indexOf('stream\n', at + 1)) {
    try {
      found.push(inflateSync(file.subarray(at + 7)).toString('latin1'));
    } catch {
      continue; // The word inside other bytes, or the end of a stream.
    }
  }
  return found.join('\n');
}

test('whatever a buyer wrote, a label and a receipt hold nothing that runs, links or opens', async () => {
  const documents = createDocuments(createLabelTexts());
  for (const payload of payloads) {
    const from = { ...customers.polish, name: payload, line1: payload, line2: payload };
    const label = aReturn({ from });
    const lines = label.order.lines.map((line) => ({ ...line, name: `${line.name} ${payload}`, options: { note: payload } }));
    const made = [
      await documents.make({ ...label, order: { ...label.order, lines, shippingAddress: from } }, 'en'),
      await documents.make({ document: 'invoice', order: { ...anOrder(), shippingAddress: from }, seller: { name: payload, siteUrl: 'https://shop.example' } }, 'en'),
    ];
    for (const { name, bytes } of made) {
      expect(name).toMatch(/^[\w-]+\.pdf$/u);
      const inside = insideOf(bytes);
      // As names of a PDF: text is drawn with numbers of glyphs, so none of these words can come from it.
      expect([payload, inside.match(/\/(?:JavaScript|JS|OpenAction|AA|Launch|URI|SubmitForm|EmbeddedFile|RichMedia|XFA)\b/u)?.[0]]).toEqual([payload, undefined]);
      expect(inside).not.toContain('evil.example');
    }
  }
});
