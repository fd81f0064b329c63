import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { LabelledTask, PeerAbsent, PeerFigures } from './labelled-peers.js';
import type { PeerTask } from './nlu-peer.js';
import type { LoadFigures, OwnTask, PredictFigures } from './own-model.js';

/** A process that gave no figures: it was stopped when its time was over, or it ended by itself. */
export type PeerUndone =
  | { readonly status: 'late'; readonly minutes: number }
  | { readonly status: 'failed'; readonly why: string };

/** What a kind of task gives when it is done. */
type FiguresOf<Task extends PeerTask> =
  Task extends LabelledTask ? PeerFigures | PeerAbsent : Task extends Extract<OwnTask, { kind: 'load' }> ? LoadFigures : PredictFigures;

const isSource = import.meta.url.endsWith('.ts');

/** How the script is started; from its source it needs the loader. */
function commandLine(): readonly string[] {
  const script = fileURLToPath(new URL(`./nlu-peer.${isSource ? 'ts' : 'js'}`, import.meta.url));
  return isSource ? ['--import', pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href, script] : [script];
}

/** The last of what a process said before it died. */
function lastWords(said: string, ending: string): string {
  if (said.includes('heap out of memory')) return 'out of memory';
  return said.split('\n').map((line) => line.trim()).find((line) => /^\w*(?:Error|Fault)\b/u.test(line)) ?? ending;
}

/** Measures in a process of its own, which is killed when the minutes are over. */
export function runPeer<Task extends PeerTask>(task: Task, minutes: number): Promise<{ readonly figures: FiguresOf<Task> } | PeerUndone> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [...commandLine(), JSON.stringify(task)], { stdio: ['ignore', 'pipe', 'pipe'] });
    let [out, err, isLate] = ['', '', false];
    child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (err = (err + text).slice(-20_000)));
    const timer = setTimeout(() => {
      isLate = true;
      child.kill('SIGKILL');
    }, minutes * 60_000);
    child.on('error', reject);
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      if (code === 0) resolve({ figures: JSON.parse(out) as FiguresOf<Task> });
      else resolve(isLate ? { status: 'late', minutes } : { status: 'failed', why: lastWords(err, `ended with ${signal ?? `code ${code}`}`) });
    });
  });
}
