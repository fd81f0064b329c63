import { describe, expect, test } from '@jest/globals';
import { IntlMessageFormat } from 'intl-messageformat';
import { openGuardModel } from '../../src/classifiers/guard/guard-lines.js';
import { createSecondOpinion } from '../../src/classifiers/guard/guard-model.js';
import { createMessageGuard } from '../../src/classifiers/guard/message-guard.js';
import { readMood } from '../../src/classifiers/mood.js';
import { mayBeAnsweredFor } from '../../src/domain/guard.js';
import { articleMessages } from '../../src/knowledge/knowledge.js';
import { readArticles } from '../../src/knowledge/read-articles.js';
import type { GuardKind } from '../../src/domain/guard.js';
import { reviewedSentences } from '../../src/domain/reviewed-sentences.js';
import { readLocales } from '../../src/text/texts.js';
import { root } from '../house/sources.js';
import { LANGUAGES, readAbuse, readSent, type Labelled } from './corpus.js';

const guard = createMessageGuard(createSecondOpinion(await openGuardModel({ linesFolder: `${root}intents/guard`, cacheFolder: `${root}.cache` })));
const kindsOf = (text: string, locale = 'en', more: { readonly facts?: readonly string[]; readonly values?: readonly string[] } = {}): string[] => [...new Set(guard.read(text, { locale, ...more }).map(({ kind }) => kind))];

/** How many of a label are found, of how many: a figure shows nothing of the messages. */
function figures(half: 'tuning' | 'validation' | 'sealed'): Record<string, { found: number; of: number }> {
  const figures: Record<string, { found: number; of: number }> = {};
  for (const language of LANGUAGES) {
    for (const { text, label } of readSent(half, language)) {
      const kinds = kindsOf(text, language);
      const { found, of } = figures[label] ?? { found: 0, of: 0 };
      figures[label] = { found: found + Number(label === 'normal' ? kinds.length > 0 : kinds.includes(label)), of: of + 1 };
    }
  }
  return figures;
}

describe('messages as people write them, in eight languages', () => {
  test('[WI-11] [WI-12] [TB-45] of those it was made with hardly one goes out, and hardly a good one is stopped', () => {
    const found = figures('tuning');
    for (const label of ['payment_data', 'outside_payment', 'coached_pretext', 'unsourced_date', 'disrespect']) expect({ label, share: (found[label]?.found ?? 0) / (found[label]?.of ?? 1) >= 0.99 }).toEqual({ label, share: true });
    expect((found['normal']?.found ?? 1) / (found['normal']?.of ?? 1)).toBeLessThanOrEqual(0.01);
  });
  test('of those it has never seen it finds as many as when it was last measured', () => {
    const found = figures('sealed');
    const least = { payment_data: 0.92, outside_payment: 0.88, coached_pretext: 0.76, unsourced_date: 0.8, disrespect: 0.85 } as const;
    for (const [label, share] of Object.entries(least)) expect({ label, isAsGood: (found[label]?.found ?? 0) / (found[label]?.of ?? 1) >= share }).toEqual({ label, isAsGood: true });
    expect((found['normal']?.found ?? 1) / (found['normal']?.of ?? 1)).toBeLessThanOrEqual(0.024);
  });
});

describe('what is stopped', () => {
  test.each([
    ['letters drawn apart', 'Please send me your c a r d  n u m b e r'], ['dots between them', 'c.a.r.d n.u.m.b.e.r please'],
    ['digits for letters', 'Please send the s3curity c0de of your card'], ['signs nobody sees', 'your card\u200b num\u00adber please'],
    ['letters of another alphabet', 'please send your саrd numbеr'], ['accents', 'plèase sénd yòur cárd nûmber'], ['capitals', 'PLEASE SEND YOUR CARD NUMBER'],
  ])('is found in spite of %s', (_, text) => expect(kindsOf(text)).toContain('payment_data'));
  test('is found in another language than the conversation’s', () => {
    expect(kindsOf('Schicken Sie mir bitte Ihre Kartennummer und die Prüfziffer.', 'en')).toEqual(['payment_data']);
    expect(kindsOf('Напишите номер карты и код с обратной стороны', 'en')).toEqual(['payment_data']);
  });
  test('[TB-45] money, payment data and untrue reasons nobody can answer for; a day and a hard word somebody can', () => {
    const findings = (text: string) => guard.read(text, { locale: 'en' });
    for (const text of ['What is the PIN of your card?', 'Pay me on Venmo, it is cheaper.', 'Just say it never arrived, nobody checks.']) expect([text, mayBeAnsweredFor(findings(text))]).toEqual([text, false]);
    for (const text of ['It will be delivered on Friday.', 'Only an idiot would do that.']) expect([text, findings(text).length > 0, mayBeAnsweredFor(findings(text))]).toEqual([text, true, true]);
  });
  test('says where it stands', () => {
    const text = 'Hello! What is the CVV of your card? Thank you.';
    expect(guard.read(text, { locale: 'en' }).map(({ span }) => text.slice(span.start, span.end).trim())).toContain('What is the CVV of your card?');
  });
});

describe('what goes out', () => {
  test.each([
    'Never send us your card number.', 'We do not need your PIN.', 'We cannot promise a date.', 'We never take payment outside the shop.', 'Please do not pay the driver in cash.',
    'I am sorry you feel like an idiot, that was our mistake.', 'We have to declare the true value.', 'The carrier says it arrives on Friday.', 'Please choose the reason that really applies.',
  ])('%s', (text) => expect(kindsOf(text)).toEqual([]));
  test('[WI-13] a day that came from a tool, and no other', () => {
    const facts = ['2026-06-19'];
    expect(kindsOf('It will be delivered on the 19th.', 'en', { facts })).toEqual([]);
    expect(kindsOf('It will be delivered on Friday.', 'en', { facts })).toEqual([]);
    expect(kindsOf('It will be delivered on the 21st.', 'en', { facts })).toEqual(['unsourced_date']);
  });
  test('what tools filled in is not the writer’s word', () => {
    expect(kindsOf('“Stupid idiot mug” is on its way.', 'en', { values: ['Stupid idiot mug'] })).toEqual([]);
    expect(kindsOf('It arrives on 19 June.', 'en', { values: ['19 June'] })).toEqual([]);
  });

  test.each(Object.entries(readLocales(`${root}locales`)))('what a carrier has last seen of a parcel, as an agent hands it on in %s', (locale, messages) => {
    const label = /\n([^\n]*)\{latest\}/u.exec(messages['track.one'] ?? '')?.[1] ?? '';
    const values = { carrier: 'DPD', place: 'Warszawa-Okęcie', country: new Intl.DisplayNames(locale, { type: 'region' }).of('PL'), at: new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeStyle: 'short', timeZone: 'Europe/Warsaw' }).format(new Date('2026-11-22T17:31:00Z')) };
    const scans = Object.keys(messages).filter((key) => key.startsWith('scan.') && key !== 'scan.none');
    expect(scans.flatMap((key) => kindsOf(`${label}${String(new IntlMessageFormat(messages[key] ?? '', locale).format(values))}`, locale).map((kind) => `${key}: ${kind}`))).toEqual([]);
  });

  /** A sentence with every branch of it taken at least once, and something in the place of each value. */
  type Node = { readonly type: number; readonly value?: string; readonly options?: Record<string, { readonly value: readonly Node[] }>; readonly children?: readonly Node[] };
  const spoken = (nodes: readonly Node[]): string[] => {
    let said = [''];
    for (const { type, value, options, children } of nodes) {
      const ways = type === 0 ? [value ?? ''] : options ? Object.values(options).flatMap((one) => spoken(one.value)) : children ? spoken(children) : [type === 7 ? '3' : 'Xyz'];
      said = Array.from({ length: Math.max(said.length, ways.length) }, (_, i) => `${said[i] ?? said[0]}${ways[i] ?? ways[0]}`);
    }
    return said;
  };
  const articles = articleMessages([readArticles(`${root}locales/knowledge`)]);
  const sentences = Object.entries(readLocales(`${root}locales`)).map(([locale, messages]): [string, Record<string, string>] => [locale, { ...messages, ...articles[locale] }]);
  const stoppedIn = (locale: string, messages: Readonly<Record<string, string>>): { readonly key: string; readonly kind: GuardKind; readonly rule: string }[] => Object.entries(messages).filter(([key]) => !key.startsWith('desk.')).flatMap(([key, message]) =>
      spoken(new IntlMessageFormat(message, locale, undefined, { ignoreTag: true }).getAst() as unknown as Node[]).flatMap((text) =>
        guard.read(text, { locale, values: ['Xyz', '3'] }).map(({ kind, rule }) => ({ key, kind, rule }))));
  test.each(sentences)('[WI-14] every sentence of the bot in %s', (locale, messages) => {
    expect(stoppedIn(locale, messages).filter(({ key, kind }) => reviewedSentences[key]?.includes(kind) !== true).map(({ key, rule }) => `${key}: ${rule}`)).toEqual([]);
  });
  test('and every sentence that was read for it is one the guard would stop', () => {
    const found = new Set(sentences.flatMap(([locale, messages]) => stoppedIn(locale, messages)).map(({ key, kind }) => `${key}: ${kind}`));
    expect(Object.entries(reviewedSentences).flatMap(([key, kinds]) => kinds.map((kind) => `${key}: ${kind}`)).filter((one) => !found.has(one))).toEqual([]);
  });
});

describe('what buyers write', () => {
  const share = (all: readonly Labelled[], language: string): number => all.filter(({ text }) => readMood(text, language) === 'angry').length / all.length;
  test.each([...LANGUAGES])('[AE-15] %s: most abuse is taken as anger, which brings a person; a calm message is not', (language) => {
    const all = readAbuse('tuning', language);
    expect(share(all.filter(({ label }) => label === 'abuse'), language)).toBeGreaterThan(0.6);
    expect(share(all.filter(({ label }) => label === 'calm'), language)).toBe(0);
  });
});
