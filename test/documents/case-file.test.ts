import { describe, expect, test } from '@jest/globals';
import { createDocuments } from '../../src/documents/documents.js';
import { caseFileWords } from '../../src/documents/case-file-content.js';
import { caseFileOf, type CaseFile } from '../../src/domain/case-file.js';
import { money } from '../../src/domain/money.js';
import type { Line } from '../../src/domain/message.js';
import { createTexts, readLocales } from '../../src/text/texts.js';

const texts = createTexts(readLocales(new URL('../../locales', import.meta.url).pathname));
const documents = createDocuments(texts, { zone: 'Europe/Madrid' });
const entry = { case: 'CS-7K2M9Q', conversationId: 'web:1', at: '2026-06-17T09:00:00.000Z', by: 'customer' as const };
const hash = 'a3f1'.repeat(16);
const file: CaseFile = caseFileOf(
  { number: 'CS-7K2M9Q', orderNumber: 'AC-1', state: 'open', owner: 'dispute_desk', openedAt: '2026-06-17T09:00:00.000Z', dueAt: '2026-06-22T09:00:00.000Z', outcome: 'Replaced' },
  {
    customer: 'Anna Kowalska', items: ['Desk lamp'], packing: [{ at: '2026-06-10T09:00:00.000Z', by: 'Table 4', trackingNumber: 'RB1', weightGrams: 1840, sizeMm: { length: 410, width: 260, height: 220 }, photos: ['p'], sha256: ['b7'.repeat(32)], note: 'wrapped twice', late: true }],
    entries: [
      { ...entry, what: 'opened', text: 'The glass is cracked. '.repeat(20) },
      { ...entry, what: 'evidence', proof: 'waybill', files: [{ fileId: 'f1', name: 'waybill.jpg', size: 2048, sha256: hash, usedIn: ['CS-222222'] }, { fileId: 'f2' }] },
      { ...entry, what: 'asked', offer: { kind: 'refund', amount: money(3000, 'EUR') } },
      { ...entry, by: 'shop', what: 'answered', agent: 'Ben' },
    ],
  },
);
const pagesOf = (bytes: Uint8Array): number => Buffer.from(bytes).toString('latin1').match(/\/Type \/Page\n/gu)?.length ?? 0;

describe('the file of a case', () => {
  test('tells its timeline, the checklist, the fingerprints and what the shop noted at packing', () => {
    const content = caseFileWords(texts, 'en', 'UTC', file);
    const said = JSON.stringify(content);
    for (const told of ['CS-7K2M9Q', 'Anna Kowalska', 'dispute desk', '17 June 2026, 09:00 UTC', 'Proof shown: waybill (2 files)', '€30.00 back asked for', `SHA-256 ${hash}`, 'waybill.jpg · 2 kB', 'Table 4: 1840 g, 410 × 260 × 220 mm, parcel RB1, one photo', 'Written down after dispatch · wrapped twice', 'Packing photo 1', `SHA-256 ${'b7'.repeat(32)}`, 'Replaced']) expect(said).toContain(told);
    expect(content.passages[1]?.rows.map((row) => row.cells[1])).toEqual(['not here', 'not here', 'here', 'not here']);
  });
  test('keeps from the customer in which other cases a file was shown', () => expect(JSON.stringify(file)).not.toContain('CS-222222'));
  test('is the same PDF each time, in every language, on as many pages as it takes', async () => {
    for (const locale of texts.locales) {
      const made = await documents.make({ document: 'case-file', file }, locale);
      expect([made.name, made.type]).toEqual(['case-CS-7K2M9Q.pdf', 'application/pdf']);
      expect(Buffer.from(made.bytes).equals(Buffer.from((await documents.make({ document: 'case-file', file }, locale)).bytes))).toBe(true);
    }
    const long = { ...file, entries: Array.from({ length: 80 }, () => ({ ...entry, what: 'evidence' as const, files: [{ fileId: 'f' }], text: 'word '.repeat(80) })) };
    expect(pagesOf((await documents.make({ document: 'case-file', file: long }, 'ar')).bytes)).toBeGreaterThan(4);
  });
});

test('a transcript tells who said what when, with the names of the files, in the words that were said', async () => {
  const line = (more: Partial<Line>): Line => ({ id: 'l', seq: 1, at: '2026-06-17T09:00:00.000Z', from: 'customer', locale: 'de', text: '', ...more });
  const lines = [line({ text: 'Die Lampe ist kaputt', files: [{ fileId: 'f', name: 'lampe.jpg', type: 'image/jpeg', size: 1 }] }), line({ from: 'bot', text: 'Es tut mir leid' }), line({ from: 'agent', agent: { id: 'a', name: 'Ben' }, text: 'Hallo' }), line({ from: 'system' })];
  const made = await documents.make({ document: 'transcript', case: 'CS-7K2M9Q', conversationId: 'web:1', lines }, 'de');
  const text = Buffer.from(made.bytes).toString();
  expect([made.name, made.type]).toEqual(['transcript-CS-7K2M9Q.txt', 'text/plain']);
  for (const told of ['Mitschrift zu Fall CS-7K2M9Q', '17. Juni 2026, 11:00 MESZ – Kunde\nDie Lampe ist kaputt\n[lampe.jpg]', 'Bot\nEs tut mir leid', 'Ben (unser Team)\nHallo']) expect(text).toContain(told);
});
