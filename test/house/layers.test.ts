import { posix } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { readSources, withoutComments, type Sources } from './sources.js';

/** Who may import whom, besides itself. A change here is a design decision: say why in the review. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  domain: [],
  ports: ['domain'],
  waiting: [],
  dialogue: ['domain', 'ports'],
  flows: ['domain', 'ports', 'dialogue'],
  runtime: ['domain', 'ports', 'dialogue', 'waiting'],
  channels: ['domain', 'ports', 'waiting'],
  classifiers: ['domain', 'ports'],
  shops: ['domain', 'ports', 'waiting'],
  knowledge: ['domain', 'ports'],
  carriers: ['domain', 'ports'],
  stores: ['domain', 'ports', 'waiting'],
  desk: ['domain', 'ports'],
  text: ['domain', 'ports'],
  mail: ['domain', 'ports'],
  helpdesks: ['domain', 'ports'],
  http: ['domain', 'ports'],
  policy: ['domain', 'ports'],
  documents: ['domain', 'ports'],
  files: ['domain', 'ports'],
  web: ['domain', 'ports'],
  ops: ['domain', 'ports', 'runtime', 'waiting'],
  chaos: ['domain', 'ports', 'dialogue', 'runtime', 'stores', 'shops', 'policy', 'files'],
  cli: ['config.ts', 'app.ts', 'main.ts', 'domain', 'ports'],
  'config.ts': [],
  app: ['config.ts', 'domain', 'ports', 'dialogue', 'flows', 'runtime', 'channels', 'classifiers', 'shops', 'carriers', 'stores', 'desk', 'text', 'mail', 'http', 'policy', 'documents', 'files', 'ops', 'knowledge', 'helpdesks'],
  'app.ts': ['app'],
  'main.ts': ['config.ts', 'app.ts', 'domain', 'runtime'],
};

/** What one file may import beyond its folder: commands that work on one part alone. */
const besides: Readonly<Record<string, readonly string[]>> = {
  'cli/evaluate.ts': ['classifiers'], 'cli/train.ts': ['classifiers'], 'cli/nlu-benchmark.ts': ['classifiers'],
  'cli/bench-nlu.ts': ['classifiers'], 'cli/peers/labelled-peers.ts': ['classifiers'], 'cli/peers/own-model.ts': ['classifiers'],
  'cli/doctor.ts': ['ops'], 'cli/privacy.ts': ['ops'], 'cli/fuzz-targets.ts': ['channels', 'classifiers', 'desk', 'dialogue', 'files', 'helpdesks', 'http', 'knowledge', 'policy', 'runtime', 'shops', 'text'], 'cli/examinations.ts': ['ops', 'stores', 'channels', 'classifiers', 'policy', 'text'],
  'cli/policy.ts': ['policy', 'flows'], 'cli/chaos.ts': ['chaos'], 'cli/load/own-servers.ts': ['chaos'], 'cli/aftercare.ts': ['shops'],
};

/** Folders that import no package but these, and no `node:` module. */
const pureRooms = ['domain', 'ports', 'dialogue', 'flows'];
const pureRoomsMay = ['zod'];

/** Packages that have one home. */
const homes: readonly (readonly [package_: RegExp, home: RegExp, name: string])[] = [
  [/^telegraf(?:\/|$)/u, /^channels\/telegram(?:\/|\.ts$)/u, 'channels/telegram*'],
  [/^bot(?:builder|framework)/u, /^channels\/bot-framework\.ts$/u, 'channels/bot-framework.ts'],
  [/^minisearch$/u, /^knowledge\//u, 'knowledge/'],
  [/^(?:ioredis|libsql|better-sqlite3|pg)(?:\/|$)/u, /^stores\//u, 'stores/'],
];

interface ImportLine { readonly from: string; readonly to: string; readonly isType: boolean }

/** The import lines of a file; a relative one is given as the path it names inside `src/`. */
function importsOf(file: string, source: string): ImportLine[] {
  const pattern = /^\s*(?:import|export)\b(\s+type\b)?[^;'"]*?\bfrom\s*['"]([^'"]+)['"]|^\s*import\s*['"]([^'"]+)['"]|(\btypeof\s+)?\bimport\(\s*['"]([^'"]+)['"]\s*\)/gmu;
  return [...withoutComments(source).matchAll(pattern)].map((match) => {
    const to = match[2] ?? match[3] ?? match[5] ?? '';
    const path = to.startsWith('.') ? posix.join(posix.dirname(file), to).replace(/\.js$/u, '.ts') : to;
    return { from: file, to: path, isType: match[1] !== undefined || match[4] !== undefined };
  });
}

/** The file an import line means: a path that ends in `.js` may be written in any dialect of TypeScript. */
const fileMeant = (to: string, sources: Sources): string => [to, to.replace(/\.ts$/u, '.tsx'), to.replace(/\.ts$/u, '.d.ts')].find((file) => file in sources) ?? to;
const isInside = (line: ImportLine, sources: Sources): boolean => line.to in sources;
const roomOf = (file: string): string => file.split('/')[0] ?? file;
const linesOf = (sources: Sources): ImportLine[] => Object.entries(sources).flatMap(([file, source]) => importsOf(file, source).map((line) => ({ ...line, to: fileMeant(line.to, sources) })));
const isPackage = (line: ImportLine, sources: Sources): boolean => !isInside(line, sources) && !/^(?:\.|virtual:)/u.test(line.to) && !line.to.includes('../');

function wrongDirections(sources: Sources): string[] {
  const unknown = [...new Set(Object.keys(sources).map(roomOf))].filter((room) => !(room in mayImport))
    .map((room) => `src/${room} is not in the table of test/house/layers.test.ts: add a row that says what it may import.`);
  const wrong = linesOf(sources).filter((line) => isInside(line, sources)).flatMap(({ from, to, isType }) => {
    const [room, other] = [roomOf(from), roomOf(to)];
    if (room === other || !(room in mayImport)) return [];
    if (![...(mayImport[room] ?? []), ...(besides[from] ?? [])].includes(other)) return [`${room} may not import ${other}: src/${from} imports src/${to}.`];
    return room === 'web' && !isType ? [`web may only import types of ${other}: src/${from} imports src/${to} for its code.`] : [];
  });
  return [...unknown, ...wrong];
}

/** Only types may leave a port: an interface, a type, a type passed on. */
const portsWithCode = (sources: Sources): string[] =>
  Object.entries(sources).filter(([file]) => roomOf(file) === 'ports').flatMap(([file, source]) => {
    const code = withoutComments(source);
    const exported = [...code.matchAll(/^export\s+(?!type\b|interface\b)(.{0,40})/gmu)].map((match) => `src/${file} exports more than a type: export ${match[1]}`);
    const loose = [...code.matchAll(/^(?:(?:async\s+)?function|const|let|class)\s+\w+/gmu)].map((match) => `src/${file} holds code: ${match[0]}`);
    return [...exported, ...loose];
  });

function straysOfPackages(sources: Sources): string[] {
  const packages = linesOf(sources).filter((line) => isPackage(line, sources));
  const impure = packages.filter((line) => pureRooms.includes(roomOf(line.from)) && !pureRoomsMay.includes(line.to))
    .map((line) => `${roomOf(line.from)} may import no package but ${pureRoomsMay.join(', ')}: src/${line.from} imports ${line.to}.`);
  const away = packages.flatMap((line) => homes.filter(([name, home]) => name.test(line.to) && !home.test(line.from)).map(([, , home]) => `${line.to} may be imported in ${home} only: src/${line.from} imports it.`));
  return [...impure, ...away];
}

/** The circles of imports, each once, as the way around. */
function circles(sources: Sources): string[] {
  const next = new Map<string, string[]>();
  for (const line of linesOf(sources)) if (isInside(line, sources)) next.set(line.from, [...(next.get(line.from) ?? []), line.to]);
  const done = new Set<string>();
  const found = new Set<string>();
  const visit = (file: string, path: readonly string[]): void => {
    const at = path.indexOf(file);
    if (at >= 0) {
      found.add([...path.slice(at), file].join(' → '));
      return;
    }
    if (done.has(file)) return;
    for (const to of next.get(file) ?? []) visit(to, [...path, file]);
    done.add(file);
  };
  for (const file of Object.keys(sources)) visit(file, []);
  return [...found];
}

const impurities: readonly (readonly [what: string, pattern: RegExp, rooms: readonly string[]])[] = [
  ['Date.now', /\bDate\.now\b/u, ['domain', 'dialogue', 'flows']],
  ['Math.random', /\bMath\.random\b/u, ['domain', 'dialogue', 'flows']],
  ['process', /\bprocess\./u, ['domain', 'dialogue', 'flows']],
  ['new Date() without an argument', /\bnew Date\(\s*\)/u, ['domain', 'dialogue', 'flows']],
  ['performance.now', /\bperformance\.now\b/u, ['domain', 'dialogue', 'flows']],
  ['await', /\bawait\b/u, ['domain', 'dialogue']],
];

/** Time, chance and the process come in as arguments. */
const impureLines = (sources: Sources): string[] =>
  Object.entries(sources).flatMap(([file, source]) => impurities.filter(([, pattern, rooms]) => rooms.includes(roomOf(file)) && pattern.test(withoutComments(source)))
    .map(([what]) => `src/${file} uses ${what}: ${roomOf(file)} is handed what it needs.`));

const environmentReaders = (sources: Sources): string[] =>
  Object.entries(sources).filter(([file, source]) => !['config.ts', 'main.ts'].includes(file) && !['cli', 'chaos'].includes(roomOf(file)) && /\bprocess\.env\b/u.test(withoutComments(source)))
    .map(([file]) => `src/${file} reads process.env: make it a setting of src/config.ts and hand it down.`);

const sources = readSources();
const planted = (file: string, source: string): Sources => ({ ...sources, [file]: source });

describe('the house keeps its directions', () => {
  test('every import goes the way the table says', () => expect(wrongDirections(sources)).toEqual([]));
  test('ports export nothing but types', () => expect(portsWithCode(sources)).toEqual([]));
  test('packages stay in their homes', () => expect(straysOfPackages(sources)).toEqual([]));
  test('imports run in no circle', () => expect(circles(sources)).toEqual([]));
  test('rules, engine and flows have no clock, no chance and no process', () => expect(impureLines(sources)).toEqual([]));
  test('the environment is read in one place', () => expect(environmentReaders(sources)).toEqual([]));
  test('every row of the table is a room of the house, or one the plan foresees', () => {
    const rooms = new Set(Object.keys(sources).map(roomOf));
    expect(Object.keys(mayImport).filter((room) => !rooms.has(room) && room !== 'carriers')).toEqual([]);
    expect(Object.keys(besides).filter((file) => !(file in sources))).toEqual([]);
  });
});

describe('each of these checks fails where it should', () => {
  const news = (check: (all: Sources) => string[], more: Sources): string[] => check(more).filter((one) => !check(sources).includes(one));

  test('a channel that imports the engine is named with both folders', () =>
    expect(news(wrongDirections, planted('channels/planted.ts', "import { takeTurn } from '../dialogue/turn.js';"))).toEqual(['channels may not import dialogue: src/channels/planted.ts imports src/dialogue/turn.ts.']));
  test('so is a runtime that imports a flow, by its type alone, on several lines, or when it is needed', () => {
    expect(news(wrongDirections, planted('runtime/planted.ts', "import type { Flow } from '../flows/index.js';"))).toHaveLength(1);
    expect(news(wrongDirections, planted('runtime/planted.ts', "import {\n  flows,\n} from '../flows/index.js';"))).toHaveLength(1);
    expect(news(wrongDirections, planted('runtime/planted.ts', "const { flows } = await import('../flows/index.js');"))).toHaveLength(1);
    expect(news(wrongDirections, planted('runtime/planted.ts', "export { flows } from '../flows/index.js';"))).toHaveLength(1);
  });
  test('a command opens no more than its own part', () =>
    expect(news(wrongDirections, planted('cli/planted.ts', "import { parsePolicy } from '../policy/read-policy.js';"))).toEqual(['cli may not import policy: src/cli/planted.ts imports src/policy/read-policy.ts.']));
  test('a folder nobody knows is asked for its row', () =>
    expect(news(wrongDirections, planted('helpers/planted.ts', 'export const a = 1;'))).toEqual(['src/helpers is not in the table of test/house/layers.test.ts: add a row that says what it may import.']));
  test('a page that takes code of the server along is named', () =>
    expect(news(wrongDirections, planted('web/planted.tsx', "import { money } from '../domain/money.js';"))).toEqual(['web may only import types of domain: src/web/planted.tsx imports src/domain/money.ts for its code.']));
  test('a port with code in it is named', () => {
    expect(news(portsWithCode, planted('ports/planted.ts', 'export const a = 1;'))).not.toEqual([]);
    expect(news(portsWithCode, planted('ports/planted.ts', "export { money } from '../domain/money.js';"))).not.toEqual([]);
    expect(news(portsWithCode, planted('ports/planted.ts', "export type { Money } from '../domain/money.js';"))).toEqual([]);
  });
  test('a package that strays is named with its home', () => {
    expect(news(straysOfPackages, planted('flows/planted.ts', "import { readFileSync } from 'node:fs';"))).toEqual(['flows may import no package but zod: src/flows/planted.ts imports node:fs.']);
    expect(news(straysOfPackages, planted('desk/planted.ts', "import type { Update } from 'telegraf/types';"))).toEqual(['telegraf/types may be imported in channels/telegram* only: src/desk/planted.ts imports it.']);
    expect(news(straysOfPackages, planted('app.ts', "let a: typeof import('botbuilder');"))).toEqual(['botbuilder may be imported in channels/bot-framework.ts only: src/app.ts imports it.']);
    expect(news(straysOfPackages, planted('shops/planted.ts', "import Database from 'libsql';"))).toEqual(['libsql may be imported in stores/ only: src/shops/planted.ts imports it.']);
  });
  test('a circle is shown, of types too', () =>
    expect(news(circles, { ...planted('domain/one.ts', "import type { B } from './two.js';"), 'domain/two.ts': "import { a } from './one.js';" })).toEqual(['domain/one.ts → domain/two.ts → domain/one.ts']));
  test('a clock, a die or the process in the rules is named; a word about them in a comment is not', () => {
    for (const code of ['Date.now()', 'Math.random()', 'process.cwd()', 'new Date()', 'performance.now()']) expect(news(impureLines, planted('flows/planted.ts', `export const a = ${code};`))).toHaveLength(1);
    expect(news(impureLines, planted('dialogue/planted.ts', 'await later();'))).toHaveLength(1);
    expect(news(impureLines, planted('domain/planted.ts', '/** Not Date.now. */\n// nor Math.random\nexport const at = new Date(instant);'))).toEqual([]);
  });
  test('a second reader of the environment is named', () =>
    expect(news(environmentReaders, planted('stores/planted.ts', 'const url = process.env.REDIS_URL;'))).toEqual(['src/stores/planted.ts reads process.env: make it a setting of src/config.ts and hand it down.']));
});
