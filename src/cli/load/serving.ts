import { spawn } from 'node:child_process';
import { performance } from 'node:perf_hooks';
import { Fault } from '../../domain/fault.js';

/** A server under load, in a process of its own. */
export interface Serving {
  readonly url: string;
  /** Events of warning and above it logged, and how often. */
  logged(): Readonly<Record<string, number>>;
  /** SIGTERM; how long it took to end and with what code. */
  stop(): Promise<{ readonly milliseconds: number; readonly code: number | string }>;
}

/** Starts this very program with other arguments (`serve`, or the echo) over the given settings; resolves once it answers. */
export async function startServing(args: readonly string[], settings: Readonly<Record<string, string>>): Promise<Serving> {
  const { PATH = '', HOME = '' } = process.env;
  const child = spawn(process.execPath, [...process.execArgv, process.argv[1] ?? '', ...args], {
    env: { PATH, HOME, PORT: '0', TRUST_PROXY: 'true', LOG_LEVEL: 'warn', ...settings }, stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [out, err] = ['', ''];
  child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
  const kill = (): void => void child.kill('SIGKILL');
  process.once('exit', kill);
  const ended = new Promise<number | string>((resolve) => child.once('close', (code, signal) => {
    process.off('exit', kill);
    resolve(code ?? signal ?? 0);
  }));
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      out += text;
      const port = /http:\/\/localhost:(\d+)\//u.exec(out)?.[1];
      if (port !== undefined) resolve(`http://127.0.0.1:${port}`);
    });
    void ended.then((code) => reject(new Fault('channel.unreachable', `The server ended with ${code} before it answered:\n${out}\n${err.slice(-2000)}`)));
  });
  return {
    url,
    logged() {
      const events = err.split('\n').flatMap((line) => /"msg":"([^"]+)"/u.exec(line)?.[1] ?? []);
      return Object.fromEntries([...new Set(events)].map((event) => [event, events.filter((one) => one === event).length]));
    },
    async stop() {
      const begun = performance.now();
      child.kill('SIGTERM');
      const code = await ended;
      return { milliseconds: Math.round(performance.now() - begun), code };
    },
  };
}
