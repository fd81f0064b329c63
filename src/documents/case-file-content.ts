import { proofKinds, shownKinds, type CaseFile } from '../domain/case-file.js';
import type { CaseEntry } from '../domain/case-entry.js';
import type { Text, Value } from '../domain/message.js';
import type { PackingRecord } from '../domain/order.js';
import type { Texts } from '../ports/texts.js';

/** A passage of a case file: a bold title, and under it lines or rows of two or three cells. */
export interface Passage {
  readonly title: string;
  readonly rows: readonly { readonly cells: readonly string[]; readonly small?: string }[];
  /** Shares of the width of the cells. */
  readonly shares: readonly number[];
}

/** All words of a case file. */
export interface CaseFileContent {
  readonly document: string;
  readonly language: string;
  readonly title: string;
  readonly number: string;
  readonly facts: readonly { readonly caption: string; readonly value: string }[];
  readonly passages: readonly Passage[];
  readonly note: string;
}

const owners: Readonly<Record<string, string>> = { returns_desk: 'owner.returns_desk', dispute_desk: 'owner.dispute_desk' };

/** Says what a case file needs to say, in a language; times are told in `zone`. */
export function caseFileWords(texts: Texts, locale: string, zone: string | undefined, file: CaseFile): CaseFileContent {
  const say = (key: string, values?: Text['values']) => texts.say(values ? { key, values } : { key }, locale);
  const time = (at: string, style: 'day' | 'both' = 'both'): string => texts.value({ date: at, style, ...(zone === undefined ? {} : { zone }) }, locale);
  const amount = (entry: CaseEntry): Value => (entry.offer?.amount ? { money: entry.offer.amount } : '');
  const event = (entry: CaseEntry): string => say('paper.case.event', { what: entry.what, kind: entry.proof ?? 'none', files: entry.files?.length ?? 0, amount: amount(entry), coupon: entry.offer?.coupon ?? '', offer: entry.offer?.kind ?? 'none' });
  const by = (entry: CaseEntry): string => say('paper.case.by', { by: entry.by });
  const smallOf = (record: PackingRecord): string => [...(record.late ? [say('paper.case.packed-late')] : []), ...(record.note === undefined ? [] : [record.note])].join(' · ');
  const proof = file.entries.filter((entry) => (entry.files ?? []).length > 0);
  const shown = shownKinds(file.entries);
  const size = (bytes: number | undefined): string => (bytes === undefined ? '' : ` · ${texts.value(Math.max(1, Math.round(bytes / 1024)), locale)} kB`);
  return {
    document: say('paper.case.document', { number: file.number }),
    language: texts.locales.find((known) => known === locale) ?? texts.locales.find((known) => known === locale.split('-')[0]) ?? 'en',
    title: say('paper.case.title'), number: file.number,
    facts: [
      { caption: say('label.order-number'), value: file.orderNumber }, { caption: say('paper.case.customer'), value: file.customer }, { caption: say('paper.case.items'), value: file.items.join(', ') },
      { caption: say('paper.case.opened'), value: time(file.openedAt) }, { caption: say('paper.case.due'), value: time(file.dueAt, 'day') },
      { caption: say('paper.case.owner'), value: owners[file.owner] === undefined ? file.owner : say(owners[file.owner] ?? '') },
      { caption: say('paper.case.state'), value: say('paper.case.state-is', { state: file.state }) },
    ],
    passages: [
      { title: say('paper.case.timeline'), shares: [0.27, 0.15, 0.58], rows: file.entries.map((entry) => ({ cells: [time(entry.at), by(entry), event(entry)], ...(entry.text === undefined || entry.text === '' ? {} : { small: entry.text }) })) },
      { title: say('paper.case.checklist'), shares: [0.75, 0.25], rows: proofKinds.map((kind) => ({ cells: [say('dispute.proof', { kind }), say('paper.case.shown', { shown: shown.includes(kind) ? 'yes' : 'no' })] })) },
      ...(proof.length === 0 ? [] : [{
        title: say('paper.case.evidence'), shares: [0.27, 0.73],
        rows: proof.flatMap((entry) => (entry.files ?? []).map((each) => ({ cells: [`${time(entry.at)} · ${by(entry)}`, `${each.name ?? each.fileId}${size(each.size)}`], small: each.sha256 === undefined ? '–' : `SHA-256 ${each.sha256}` }))),
      }]),
      ...(file.packing.length === 0 ? [] : [{
        title: say('paper.case.packing'), shares: [0.27, 0.73],
        rows: file.packing.flatMap((record) => [{
          cells: [time(record.at), say('paper.case.packed', { by: record.by, weight: record.weightGrams, parcel: record.trackingNumber ?? '', hasParcel: record.trackingNumber === undefined ? 'no' : 'yes', photos: record.photos.length, hasSize: record.sizeMm ? 'yes' : 'no', size: record.sizeMm ? [record.sizeMm.length, record.sizeMm.width, record.sizeMm.height].join(' × ') : '' })],
          ...(smallOf(record) === '' ? {} : { small: smallOf(record) }),
        }, ...(record.sha256 ?? []).map((sha256, index) => ({ cells: ['', say('paper.case.packing-photo', { number: index + 1 })], small: `SHA-256 ${sha256}` }))]),
      }]),
      ...(file.outcome === undefined || file.outcome === '' ? [] : [{ title: say('paper.case.outcome'), shares: [1], rows: [{ cells: [file.outcome] }] }]),
    ],
    note: say('paper.case.note'),
  };
}
