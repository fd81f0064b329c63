import { Fault } from '../domain/fault.js';
import type { DocumentRequest } from '../domain/message.js';
import type { Documents } from '../ports/documents.js';
import type { Texts } from '../ports/texts.js';
import { caseFileWords } from './case-file-content.js';
import { drawCaseFile } from './case-file-drawing.js';
import { createFonts, type OpenFont } from './fonts.js';
import { invoiceDay, invoiceWords } from './invoice-content.js';
import { drawInvoice } from './invoice-drawing.js';
import { drawReturnLabel, pages } from './return-label.js';
import { createSheet } from './sheet.js';
import { directionOf } from './text-layout.js';
import { transcriptText } from './transcript.js';

/** A number as it may stand in a name every file system takes. */
const inName = (number: string): string => number.normalize('NFKD').replace(/[^A-Za-z0-9-]+/gu, '').slice(0, 40);

async function receipt(open: OpenFont, texts: Texts, locale: string, zone: string | undefined, request: Extract<DocumentRequest, { document: 'invoice' }>): Promise<Uint8Array> {
  const content = invoiceWords(texts, locale, zone, request);
  // A file of its own day is the same file whenever it is made; an order without any day is dated with the first of all.
  const at = new Date(invoiceDay(request.order) ?? 0);
  if (Number.isNaN(at.getTime())) throw new RangeError(`the order has no readable day: ${request.order.number}`);
  const { width, height } = pages.A4;
  const sheet = createSheet(open, { width, height, title: content.document, subject: `${request.order.number} ${content.language}`, language: content.language, direction: directionOf(content.title), at });
  drawInvoice(sheet, { x: 42, y: 42, width: width - 84, height: height - 84 }, content);
  return sheet.end();
}

async function caseFile(open: OpenFont, texts: Texts, locale: string, zone: string | undefined, { file }: Extract<DocumentRequest, { document: 'case-file' }>): Promise<Uint8Array> {
  const content = caseFileWords(texts, locale, zone, file);
  const { width, height } = pages.A4;
  const sheet = createSheet(open, { width, height, title: content.document, subject: `${file.number} ${content.language}`, language: content.language, direction: directionOf(content.title), at: new Date(file.entries.at(-1)?.at ?? file.openedAt) });
  drawCaseFile(sheet, { x: 42, y: 42, width: width - 84, height: height - 84 }, content);
  return sheet.end();
}

/** What a document is called by. */
function numberOf(request: DocumentRequest): string {
  switch (request.document) {
    case 'invoice': return request.order.number;
    case 'return-label': return request.return.number;
    case 'case-file': return request.file.number;
    case 'transcript': return request.case;
  }
}

/** Makes return labels and receipts to print. Days are told in `zone`, the one the shop speaks of everywhere else. */
export function createDocuments(texts: Texts, { zone }: { readonly zone?: string } = {}): Documents {
  const openFonts = createFonts();
  return {
    async make(request, locale) {
      const number = numberOf(request);
      try {
        switch (request.document) {
          case 'return-label': return { name: `return-label-${inName(number) || 'label'}-${request.page}.pdf`, type: 'application/pdf', bytes: await drawReturnLabel(openFonts(), texts, locale, zone, request) };
          case 'invoice': return { name: `receipt-${inName(number) || 'order'}.pdf`, type: 'application/pdf', bytes: await receipt(openFonts(), texts, locale, zone, request) };
          case 'case-file': return { name: `case-${inName(number) || 'file'}.pdf`, type: 'application/pdf', bytes: await caseFile(openFonts(), texts, locale, zone, request) };
          case 'transcript': return { name: `transcript-${inName(number) || 'case'}.txt`, type: 'text/plain', bytes: new TextEncoder().encode(transcriptText(texts, locale, zone, number, request.lines ?? [])) };
        }
      } catch (cause) {
        if (cause instanceof Fault) throw cause;
        throw new Fault('documents.failed', `The ${request.document} ${number} could not be made.`, { cause });
      }
    },
  };
}
