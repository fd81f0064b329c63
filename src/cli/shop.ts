import { readFile, rename, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { Fault } from '../domain/fault.js';

/** The word after `aftercare`. */
export const name = 'shop';

/** One line for the list of commands. */
export const summary = 'load a shop’s data into the embedded shop, or write it out';

/** What `--help` prints. */
export const help = `Usage:
  aftercare shop import FILE [--format NAME] [--json]
  aftercare shop export [FILE] [--format NAME] [--json]

import   Replaces the data of the embedded shop by those of FILE ("-": standard input). All or nothing:
         what is wrong with the file is told line by line, and then nothing is changed.
export   Writes the data of the embedded shop to FILE, or to standard output.

  --format NAME   the format of the file; "aftercare" (docs/shop-format.md) unless said otherwise, or "tau-retail"
                  (the database of the outside benchmark, written with what was done since)
  --json          print one JSON object a program can read
  --help          print this

Exit codes: 0 done · 1 could not be done · 2 the command was not understood
`;

/** Where the command reads and writes. */
export interface ShopCommandIo {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  readonly stdin: AsyncIterable<string | Uint8Array>;
}

/** What is wrong at a place of a file. */
interface Problem { readonly line: number; readonly column: number; readonly path: string; readonly message: string }

/** How far a load has come. */
interface Progress { readonly phase: 'check' | 'write'; readonly done: number; readonly total: number }

/** What the command needs of the shop room; the composition root hands it in. */
export interface ShopCommandNeeds<Db, Shop> {
  openShopDb(): Promise<{ readonly db: Db; close(): Promise<void> }>;
  readonly formats: Readonly<Record<string, {
    readonly parse: (text: string, onProgress?: (progress: Progress) => void) => { readonly data: Shop } | { readonly problems: readonly Problem[] };
    readonly print?: (shop: Shop) => string;
  }>>;
  replaceShop(db: Db, shop: Shop, onProgress?: (progress: Progress) => void): Promise<Readonly<Record<string, number>>>;
  exportShop(db: Db): Promise<Shop>;
}

/** Something the command could not do, told to whoever typed it. */
class Complaint extends Error {
  readonly exitCode: 1 | 2;
  readonly problems: readonly Problem[];
  constructor(exitCode: 1 | 2, message: string, problems: readonly Problem[] = []) {
    super(message);
    this.exitCode = exitCode;
    this.problems = problems;
  }
}

const SHOWN_PROBLEMS = 20;
const LARGE = 20_000;

/** Runs `aftercare shop …`; gives the exit code. */
export async function run<Db, Shop>(args: readonly string[], io: ShopCommandIo, deps: ShopCommandNeeds<Db, Shop>): Promise<0 | 1 | 2> {
  const wantsJson = args.includes('--json');
  try {
    const { values, positionals } = readArgs(args);
    if (values.help === true) {
      io.out(help);
      return 0;
    }
    const [verb, file, ...more] = positionals;
    if (verb !== 'import' && verb !== 'export') throw new Complaint(2, verb === undefined ? 'say "shop import FILE" or "shop export [FILE]"' : `"shop ${verb}" is not known; there are import and export`);
    if (more.length > 0) throw new Complaint(2, `one file at a time; what is "${more[0] ?? ''}"?`);
    if (verb === 'export') return await exportTo(file, values.format, wantsJson, io, deps);
    if (file === undefined) throw new Complaint(2, 'import needs a FILE (or "-" for standard input)');
    return await importFrom(file, values.format, wantsJson, io, deps);
  } catch (error) {
    return complain(error, wantsJson, io);
  }
}

function readArgs(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args], allowPositionals: true,
      options: { format: { type: 'string', default: 'aftercare' }, json: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } },
    });
  } catch (error) {
    throw new Complaint(2, error instanceof Error ? error.message : String(error));
  }
}

function formatNamed<Db, Shop>(name: string, deps: ShopCommandNeeds<Db, Shop>): ShopCommandNeeds<Db, Shop>['formats'][string] {
  const format = Object.hasOwn(deps.formats, name) ? deps.formats[name] : undefined;
  if (format === undefined) throw new Complaint(2, `the format "${name}" is not known; there are: ${Object.keys(deps.formats).join(', ')}`);
  return format;
}

async function importFrom<Db, Shop>(file: string, formatName: string, wantsJson: boolean, io: ShopCommandIo, deps: ShopCommandNeeds<Db, Shop>): Promise<0> {
  const format = formatNamed(formatName, deps);
  const text = file === '-' ? await readAll(io.stdin) : await readNamed(file);
  const onProgress = wantsJson ? undefined : tellProgress(io);
  const reading = format.parse(text, onProgress);
  if ('problems' in reading) throw new Complaint(1, `${file} cannot be loaded; nothing was changed`, reading.problems);
  const opened = await deps.openShopDb();
  try {
    const counts = await deps.replaceShop(opened.db, reading.data, onProgress);
    const told = Object.entries(counts).map(([what, count]) => `${count} ${what}`).join(', ');
    io.out(wantsJson ? `${JSON.stringify({ imported: counts })}\n` : `Loaded ${told}.\n`);
    return 0;
  } finally {
    await opened.close();
  }
}

async function exportTo<Db, Shop>(file: string | undefined, formatName: string, wantsJson: boolean, io: ShopCommandIo, deps: ShopCommandNeeds<Db, Shop>): Promise<0> {
  const { print } = formatNamed(formatName, deps);
  if (print === undefined) throw new Complaint(2, `the format "${formatName}" can be read, but not written`);
  const opened = await deps.openShopDb();
  try {
    const text = print(await deps.exportShop(opened.db));
    if (file === undefined || file === '-') {
      io.out(text);
      return 0;
    }
    await writeWhole(file, text);
    io.out(wantsJson ? `${JSON.stringify({ file, bytes: Buffer.byteLength(text) })}\n` : `Wrote ${file}.\n`);
    return 0;
  } finally {
    await opened.close();
  }
}

async function readAll(input: AsyncIterable<string | Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of input) chunks.push(typeof chunk === 'string' ? Buffer.from(chunk) : chunk);
  return Buffer.concat(chunks).toString('utf8');
}

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

async function readNamed(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new Complaint(1, `${file} cannot be read: ${reasonOf(error)}`);
  }
}

/** Writes beside the file first, so that a full disk leaves no half of it. */
async function writeWhole(file: string, text: string): Promise<void> {
  try {
    await writeFile(`${file}.part`, text);
    await rename(`${file}.part`, file);
  } catch (error) {
    throw new Complaint(1, `${file} cannot be written: ${reasonOf(error)}`);
  }
}

/** Tells every tenth of a large load. */
function tellProgress(io: ShopCommandIo): (progress: Progress) => void {
  let told = '';
  return ({ phase, done, total }) => {
    const now = `${phase} ${Math.floor((done / total) * 10)}`;
    if (total < LARGE || now === told) return;
    told = now;
    io.err(`${phase === 'check' ? 'checked' : 'written'}: ${Math.floor((done / total) * 100)} % of ${total}\n`);
  };
}

function complain(error: unknown, wantsJson: boolean, io: ShopCommandIo): 1 | 2 {
  if (!(error instanceof Complaint) && !(error instanceof Fault)) throw error;
  const problems = error instanceof Complaint ? error.problems : [];
  const code = error instanceof Fault ? error.code : problems.length > 0 ? 'import.invalid' : 'input.invalid';
  if (wantsJson) io.out(`${JSON.stringify({ error: { code, message: error.message, problems } })}\n`);
  else {
    io.err(`aftercare shop: ${error.message}\n`);
    for (const { line, column, path, message } of problems.slice(0, SHOWN_PROBLEMS)) {
      io.err(`  line ${line}, column ${column}: ${path === '' ? 'the file' : path} ${message}\n`);
    }
    if (problems.length > SHOWN_PROBLEMS) io.err(`  … and ${problems.length - SHOWN_PROBLEMS} more\n`);
    if (error instanceof Complaint && error.exitCode === 2) io.err('Try "aftercare shop --help".\n');
  }
  return error instanceof Complaint ? error.exitCode : 1;
}
