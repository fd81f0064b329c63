import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { parseDocument } from 'yaml';
import { z } from 'zod';
import { Fault } from '../domain/fault.js';
import { yamlMistakes, yamlReading } from '../domain/yaml-document.js';
import type { Locale } from '../domain/understanding.js';
import type { Thresholds } from './linear/training.js';

/** One file of `intents/`: what a customer can want, the flow that answers it, and how it is said in each language. */
export interface IntentDefinition {
  readonly intent: string;
  readonly group: 'orders' | 'delivery' | 'returns' | 'promotions' | 'account' | 'people' | 'talk';
  readonly flow: string;
  readonly description: Readonly<Record<Locale, string>>;
  readonly examples: Readonly<Record<Locale, readonly string[]>>;
}

/** The definition whose examples are texts that mean none of the others. */
export const OUT_OF_SCOPE = 'out_of_scope';

/** Where the calibration of the thresholds is kept, beside the intents it belongs to. */
export const THRESHOLDS_FILE = 'thresholds.json';

const LOCALE = /^[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$/;
const localeTag = z.string().regex(LOCALE, 'not a language tag');
const line = z.string('must be text; put it in quotes').trim().min(1, 'is empty');
const definitionShape = z.strictObject({
  intent: z.string().regex(/^[a-z][a-z0-9_]*$/, 'must be lower case words joined by _'),
  group: z.enum(['orders', 'delivery', 'returns', 'promotions', 'account', 'people', 'talk']),
  flow: z.string().min(1),
  description: z.record(localeTag, line),
  examples: z.record(localeTag, z.array(line).min(1, 'has no sentence')).refine((examples) => Object.keys(examples).length > 0, 'names no language'),
});
const thresholdsShape = z.record(localeTag, z.strictObject({ reject: z.number(), sure: z.number(), slope: z.number(), offset: z.number() }));

/** Reads one definition; what is wrong with it is added to `problems`. */
export function readDefinition(file: string, source: string, problems: string[]): IntentDefinition | undefined {
  const document = parseDocument(source, yamlReading);
  const mistakes = yamlMistakes(document, source);
  for (const { line: at, message } of mistakes) problems.push(`${file}: line ${at}: ${message}`);
  if (mistakes.length > 0) return undefined;
  let given: unknown;
  try {
    given = document.toJS();
  } catch (error) {
    // Aliases are only followed now: one without its anchor, or too many of them.
    problems.push(`${file}: ${error instanceof Error ? error.message : String(error)}`);
    return undefined;
  }
  const parsed = definitionShape.safeParse(given);
  if (!parsed.success) {
    for (const issue of parsed.error.issues) problems.push(`${file}: ${issue.path.length > 0 ? issue.path.join('.') : 'the file'}: ${issue.message}`);
    return undefined;
  }
  if (`${parsed.data.intent}.yaml` !== file) problems.push(`${file}: intent: is "${parsed.data.intent}", but the file is named otherwise`);
  return parsed.data;
}

/** Counted up when what is kept of a reading, or what is checked in it, changes. */
const READING = 1;
const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');

/** What an earlier reading of the same bytes came to: its hash, a line end, and the definitions as JSON. */
async function keptReading(path: string): Promise<readonly IntentDefinition[] | undefined> {
  try {
    const kept = await readFile(path, 'utf8');
    const end = kept.indexOf('\n');
    const body = kept.slice(end + 1);
    return hashOf(body) === kept.slice(0, end) ? JSON.parse(body) as readonly IntentDefinition[] : undefined;
  } catch {
    return undefined; // absent or damaged: it is only a cache
  }
}

/** A folder that cannot be written to costs time at the next reading, and nothing else. */
async function keepReading(path: string, definitions: readonly IntentDefinition[]): Promise<void> {
  const body = JSON.stringify(definitions);
  const aside = `${path}.${randomUUID()}`;
  await mkdir(dirname(path), { recursive: true }).then(() => writeFile(aside, `${hashOf(body)}\n${body}`)).then(() => rename(aside, path)).catch(() => undefined);
}

/**
 * Reads and checks every definition; all mistakes are reported at once, each with its file and field. With a cache folder what
 * the very same bytes came to before is taken from there: reading fifty thousand sentences takes a second.
 */
export async function readIntents(folder: string, cacheFolder?: string): Promise<readonly IntentDefinition[]> {
  let files: string[];
  try {
    files = (await readdir(folder)).filter((file) => file.endsWith('.yaml')).sort();
  } catch (cause) {
    throw new Fault('intents.invalid', `the intents folder ${folder} cannot be read`, { cause });
  }
  const sources = await Promise.all(files.map(async (file) => ({ file, source: await readFile(join(folder, file), 'utf8') })));
  const path = cacheFolder === undefined ? undefined : join(cacheFolder, `intents-${hashOf(JSON.stringify([READING, sources])).slice(0, 32)}.json`);
  const kept = path === undefined ? undefined : await keptReading(path);
  if (kept) return kept;
  const problems: string[] = [];
  const definitions: IntentDefinition[] = [];
  for (const { file, source } of sources) {
    const definition = readDefinition(file, source, problems);
    if (definition) definitions.push(definition);
  }
  if (problems.length === 0 && !definitions.some(({ intent }) => intent !== OUT_OF_SCOPE)) problems.push(`${folder}: holds no intent`);
  if (problems.length > 0) throw new Fault('intents.invalid', `${problems.length} mistake(s) in the intents:\n${problems.join('\n')}`);
  if (path !== undefined) await keepReading(path, definitions);
  return definitions;
}

/** Reads the calibrated thresholds, or nothing where there are none yet. */
export async function readThresholds(folder: string): Promise<Readonly<Record<Locale, Thresholds>> | undefined> {
  let source: string;
  try {
    source = await readFile(join(folder, THRESHOLDS_FILE), 'utf8');
  } catch {
    return undefined; // not calibrated yet: the built-in thresholds stand
  }
  try {
    return thresholdsShape.parse(JSON.parse(source));
  } catch (cause) {
    throw new Fault('intents.invalid', `${THRESHOLDS_FILE}: is not what \`train --calibrate\` writes; run it again`, { cause });
  }
}

/** A fingerprint of everything a model is trained from; comments and layout of the files do not count. */
export function contentHash(definitions: readonly IntentDefinition[]): string {
  const sorted = [...definitions].sort((a, b) => (a.intent < b.intent ? -1 : 1));
  const trained = sorted.map(({ intent, description, examples }) => [intent, Object.entries(description).sort(), Object.entries(examples).sort()]);
  return createHash('sha256').update(JSON.stringify(trained)).digest('hex').slice(0, 32);
}
