import { crc32 } from 'node:zlib';
import { z } from 'zod';
import { Fault } from '../../domain/fault.js';
import { checkTables, type MachineTables } from './machine.js';
import type { NetTables } from './net.js';
import type { LinearModel } from './training.js';

/** An array as it stands in a model file. */
export type Section = Uint8Array | Int8Array | Uint16Array | Uint32Array | Float64Array;

/** The two halves of a model file: what is said in JSON, and the arrays by name. */
export interface FileParts {
  readonly meta: unknown;
  readonly sections: Readonly<Record<string, Section>>;
}

/** Changes whenever files or features change, so that an older model is trained anew and never misread. */
export const MODEL_VERSION = 4;

const MAGIC = 0x4d544641;
const PREAMBLE = 24;
const KINDS = { u8: Uint8Array, i8: Int8Array, u16: Uint16Array, u32: Uint32Array, f64: Float64Array } as const;
type Kind = keyof typeof KINDS;

const headerShape = z.object({
  meta: z.unknown(),
  sections: z.array(z.object({
    name: z.string(), kind: z.enum(['u8', 'i8', 'u16', 'u32', 'f64']), start: z.number().int().nonnegative(), length: z.number().int().nonnegative(),
  })),
});

/** By name, not by class: arrays that come from a thread may belong to another realm. */
function kindOf(section: Section): Kind {
  const name = section[Symbol.toStringTag];
  return (Object.keys(KINDS) as Kind[]).find((kind) => KINDS[kind].name === name) ?? 'f64';
}

const align = (at: number): number => Math.ceil(at / 8) * 8;

/** CRC-32 of everything but its own place: it guards against damage, not against malice. */
function checksum(bytes: Uint8Array): number {
  return crc32(bytes.subarray(PREAMBLE), crc32(bytes.subarray(0, 16)));
}

function unreadable(why: string, cause?: unknown): Fault {
  return new Fault('model.unreadable', `the model cannot be read: ${why}`, cause === undefined ? {} : { cause });
}

/** Writes parts as one block of bytes: mark, version, lengths, checksum, JSON header, arrays on 8-byte bounds. */
export function packFile({ meta, sections }: FileParts): Uint8Array {
  const names = Object.keys(sections).sort();
  let size = 0;
  const entries = names.flatMap((name) => {
    const section = sections[name];
    if (!section) return [];
    const start = size;
    size = align(size + section.byteLength);
    return [{ name, kind: kindOf(section), start, length: section.length, section }];
  });
  const header = Buffer.from(JSON.stringify({ meta, sections: entries.map(({ section: _, ...entry }) => entry) }));
  const body = align(PREAMBLE + header.length);
  const bytes = new Uint8Array(body + size);
  const view = new DataView(bytes.buffer);
  [MAGIC, MODEL_VERSION, header.length, bytes.length].forEach((value, i) => view.setUint32(i * 4, value, true));
  bytes.set(header, PREAMBLE);
  for (const { section, start } of entries) {
    bytes.set(new Uint8Array(section.buffer, section.byteOffset, section.byteLength), body + start);
  }
  view.setUint32(16, checksum(bytes), true);
  return bytes;
}

/** Reads what `packFile` wrote; anything else, damaged or of another version, is a Fault `model.unreadable`. */
export function unpackFile(given: Uint8Array): FileParts {
  // Arrays of numbers must start on bounds of 8; a buffer that does not is copied (and Buffer's slice copies nothing).
  const bytes = given.byteOffset % 8 === 0 ? given : Uint8Array.from(given);
  if (bytes.length < PREAMBLE) throw unreadable('it is too short');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  if (view.getUint32(0, true) !== MAGIC) throw unreadable('it is not a model file');
  const version = view.getUint32(4, true);
  if (version !== MODEL_VERSION) throw unreadable(`it has version ${version}, this program reads ${MODEL_VERSION}`);
  if (view.getUint32(12, true) !== bytes.length) throw unreadable('it is cut short or has something appended');
  if (view.getUint32(16, true) !== checksum(bytes)) throw unreadable('its checksum is wrong');
  const headerEnd = PREAMBLE + view.getUint32(8, true);
  if (headerEnd > bytes.length) throw unreadable('its header is cut short');
  try {
    const { meta, sections } = headerShape.parse(JSON.parse(Buffer.from(bytes.subarray(PREAMBLE, headerEnd)).toString()));
    const body = align(headerEnd);
    const buffer = bytes.buffer as ArrayBuffer;
    return { meta, sections: Object.fromEntries(sections.map(({ name, kind, start, length }) => [name, new KINDS[kind](buffer, bytes.byteOffset + body + start, length)])) };
  } catch (error) {
    throw unreadable('its header makes no sense', error);
  }
}

const thresholdsShape = z.object({ reject: z.number(), sure: z.number(), slope: z.number(), offset: z.number() });
const machineShape = z.object({
  idfStep: z.number(), groupWeights: z.tuple([z.number(), z.number(), z.number()]), net: z.object({ weight: z.number() }).optional(),
});
const modelShape = z.object({
  labels: z.array(z.string()),
  machines: z.record(z.string(), machineShape.extend({ weight: z.number(), sharedWeight: z.number() })),
  shared: machineShape.optional(),
  thresholds: z.record(z.string(), thresholdsShape),
  rejectWeight: z.number(),
  unknown: z.object({ by: z.enum(['byCount', 'byRarity']), weight: z.number() }).optional(),
});

function packTables(prefix: string, tables: MachineTables): Record<string, Section> {
  const lengths = Uint8Array.from(tables.hashes, (_, i) => (tables.rowStart[i + 1] ?? 0) - (tables.rowStart[i] ?? 0));
  const { hashes, buckets, idf, classes, weights, scales, biases } = tables;
  const named = { hashes, buckets, idf, lengths, classes, weights, scales, biases };
  const { weight: _, ...net } = tables.net ?? { weight: 0 };
  return Object.fromEntries([
    ...Object.entries(named).map(([name, section]) => [`${prefix}.${name}`, section] as const),
    ...Object.entries(net).map(([name, section]) => [`${prefix}.net.${name}`, section] as const),
  ]);
}

/** A model as parts of a file, its sections under `linear.`. */
export function packLinear(model: LinearModel): FileParts {
  const machines = Object.entries(model.machines);
  const settings = ({ idfStep, groupWeights, net }: MachineTables): z.input<typeof machineShape> => (
    { idfStep, groupWeights: [...groupWeights], ...(net ? { net: { weight: net.weight } } : {}) });
  const meta: z.input<typeof modelShape> = {
    labels: [...model.labels],
    machines: Object.fromEntries(machines.map(([locale, { tables, weight, sharedWeight }]) => [locale, { ...settings(tables), weight, sharedWeight }])),
    thresholds: model.thresholds, rejectWeight: model.rejectWeight, ...(model.unknown ? { unknown: model.unknown } : {}),
    ...(model.shared ? { shared: settings(model.shared) } : {}),
  };
  const sections = Object.assign(
    {}, ...machines.map(([locale, { tables }]) => packTables(`linear.own.${locale}`, tables)), model.shared ? packTables('linear.shared', model.shared) : {},
  ) as Record<string, Section>;
  return { meta, sections };
}

/** The model in the parts of a file; parts that do not hang together are a Fault `model.unreadable`. */
export function unpackLinear({ meta, sections }: FileParts): LinearModel {
  const parsed = modelShape.safeParse(meta);
  if (!parsed.success) throw unreadable('its description makes no sense', parsed.error);
  const take = <T extends Section>(name: string, kind: abstract new (...args: never[]) => T): T => {
    const section = sections[name];
    if (!(section instanceof kind)) throw unreadable(`it has no part ${name}`);
    return section;
  };
  const net = (prefix: string, weight: number): NetTables => ({
    weight, known: take(`${prefix}.known`, Uint8Array),
    inputs: take(`${prefix}.inputs`, Int8Array), inputScales: take(`${prefix}.inputScales`, Float64Array), hiddenBiases: take(`${prefix}.hiddenBiases`, Float64Array),
    outputs: take(`${prefix}.outputs`, Int8Array), outputScales: take(`${prefix}.outputScales`, Float64Array), outputBiases: take(`${prefix}.outputBiases`, Float64Array),
  });
  const tables = (prefix: string, settings: z.output<typeof machineShape>): MachineTables => {
    const lengths = take(`${prefix}.lengths`, Uint8Array);
    const rowStart = new Uint32Array(lengths.length + 1);
    for (let i = 0, end = 0; i < lengths.length; i++) rowStart[i + 1] = end += lengths[i]!; // in range: the loop's own bound
    const read: MachineTables = {
      hashes: take(`${prefix}.hashes`, Uint32Array), buckets: take(`${prefix}.buckets`, Uint32Array), idf: take(`${prefix}.idf`, Uint8Array), rowStart,
      classes: take(`${prefix}.classes`, Uint8Array), weights: take(`${prefix}.weights`, Int8Array),
      scales: take(`${prefix}.scales`, Float64Array), biases: take(`${prefix}.biases`, Float64Array),
      idfStep: settings.idfStep, groupWeights: settings.groupWeights, ...(settings.net ? { net: net(`${prefix}.net`, settings.net.weight) } : {}),
    };
    if (!checkTables(read) || read.scales.length !== parsed.data.labels.length + (parsed.data.rejectWeight > 0 ? 1 : 0)) throw unreadable(`its part ${prefix} does not hang together`);
    return read;
  };
  const { labels, machines, shared, thresholds, rejectWeight, unknown } = parsed.data;
  return {
    labels, thresholds, rejectWeight, ...(unknown ? { unknown } : {}),
    machines: Object.fromEntries(Object.entries(machines).map(([locale, { weight, sharedWeight, ...settings }]) => (
      [locale, { tables: tables(`linear.own.${locale}`, settings), weight, sharedWeight }]))),
    ...(shared ? { shared: tables('linear.shared', shared) } : {}),
  };
}
