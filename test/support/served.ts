import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

/** The project's own folder. */
export const root = fileURLToPath(new URL('../..', import.meta.url));
const command = join(root, 'dist', 'cli', 'aftercare.js');

/** Looks again and again until there is something to see; an error that says what was awaited when it never comes. */
export async function until<Found>(what: string, look: () => Found | undefined | false | null | Promise<Found | undefined | false | null>, seconds = 30): Promise<Found> {
  const end = Date.now() + seconds * 1000;
  for (;;) {
    const found = await look();
    if (found !== undefined && found !== false && found !== null && found !== '') return found;
    if (Date.now() > end) throw new Error(`Waited ${seconds} seconds in vain for: ${what}`);
    await pause(15);
  }
}

/** A folder for a server's data; `remove` takes it away. */
export function dataFolder(): { readonly path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'aftercare-server-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

/** A built `aftercare` at work: what it wrote so far, and its end. */
export interface Running {
  readonly child: ChildProcess;
  out(): string;
  err(): string;
  /** Resolves when it has ended, with its exit code, or the signal that ended it. */
  readonly ended: Promise<number | NodeJS.Signals>;
}

/** `npm test` has trained it, and says so to what it runs. */
let isModelReady = process.env['AFTERCARE_MODEL_READY'] === 'true';

/** A server that finds no trained model trains one first, for half a minute; `npm test` has built it, a single run may not have. */
function ensureModel(): void {
  if (isModelReady) return;
  const trained = spawnSync(process.execPath, [command, 'train', '--if-needed'], { encoding: 'utf8', timeout: 300_000 });
  if (trained.status !== 0) throw new Error(`The model could not be trained: ${trained.stderr}`);
  isModelReady = true;
}

/** Runs the built command line as a process of its own, with these settings and no others, away from any `.env`. */
export function run(args: readonly string[], settings: Readonly<Record<string, string>>): Running {
  if (!existsSync(command)) throw new Error(`${command} is not there: these tests drive the built server. Run "npm run build" first (npm test does).`);
  ensureModel();
  const { PATH = '', HOME = '' } = process.env;
  const child = spawn(process.execPath, [command, ...args], { cwd: tmpdir(), env: { PATH, HOME, ...settings }, stdio: ['pipe', 'pipe', 'pipe'] });
  const written = { out: '', err: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (written.out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (written.err += text));
  child.stdin.on('error', () => undefined);
  const end = (): void => void child.kill('SIGKILL');
  process.once('exit', end);
  const ended = new Promise<number | NodeJS.Signals>((resolve, reject) => {
    child.once('error', reject);
    // Not `exit`: what it wrote last may still be on its way.
    child.once('close', (code, signal) => {
      process.off('exit', end);
      resolve(code ?? signal ?? 0);
    });
  });
  return { child, out: () => written.out, err: () => written.err, ended };
}

/** `aftercare serve` as a process of its own. */
export interface ServedProcess extends Running {
  /** Where it answers, by number: names are looked up elsewhere. */
  readonly url: string;
  /** The link by which the first admin joins the desk. */
  adminLink(): string;
  /** Ctrl-C; gives the exit code. */
  stop(): Promise<number | NodeJS.Signals>;
  /** As a power switch would. */
  kill(): Promise<void>;
  /** The entries of its log with this event. */
  logged(event: string): readonly Readonly<Record<string, unknown>>[];
}

/** Starts the built server over a data folder; resolves once it says that it runs. */
export async function serveProcess(folder: string, settings: Readonly<Record<string, string>> = {}): Promise<ServedProcess> {
  const running = run(['serve'], { DATA_DIR: folder, PORT: '0', ...settings });
  const { child, out, err, ended } = running;
  let isOver = false;
  void ended.then(() => (isOver = true));
  const port = await until('the server to say that it runs', () => {
    if (isOver) throw new Error(`aftercare serve ended before it ran:\n${out()}\n${err()}`);
    return /Bot Framework +o/.test(out()) ? /http:\/\/localhost:(\d+)\//.exec(out())?.[1] : undefined;
    // Where several start beside much else, each takes its time.
  }, 90).catch((error: unknown) => {
    child.kill('SIGKILL');
    throw error;
  });
  return {
    ...running,
    url: `http://127.0.0.1:${port}`,
    adminLink: () => /\S+\/desk\/#\/join\/\S+/.exec(out())?.[0] ?? '',
    stop: () => {
      child.kill('SIGINT');
      return ended;
    },
    kill: async () => {
      child.kill('SIGKILL');
      await ended;
    },
    logged: (event) => err().split('\n').filter((line) => line.startsWith('{')).map((line) => JSON.parse(line) as Record<string, unknown>).filter(({ msg }) => msg === event),
  };
}
