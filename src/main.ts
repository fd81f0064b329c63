import { pino } from 'pino';
import { machineClock, serve } from './app.js';
import { readConfig, Secret, type Config } from './config.js';
import { Fault } from './domain/fault.js';
import { maskSecretsIn } from './domain/mask.js';
import type { Log } from './runtime/parts.js';

/** The environment, with what `.env` adds to it. */
export function environment(): NodeJS.ProcessEnv {
  try {
    process.loadEnvFile('.env');
  } catch {
    // There is no .env file: the environment alone counts.
  }
  return process.env;
}

/** Reads the settings from `.env` and the environment; what is wrong ends the process with every problem named. */
export function configOrExit(given: NodeJS.ProcessEnv = environment()): Config {
  const read = readConfig(given);
  if ('config' in read) return read.config;
  process.stderr.write(`The settings are wrong:\n${read.problems.map((problem) => `  ${problem}`).join('\n')}\n`);
  process.exit(2);
}

/** Writes the log as JSON lines to standard error, so that standard output stays for people and programs. */
export function createLog(level: Config['LOG_LEVEL'], secrets: readonly string[] = [], out: { write(line: string): unknown } = pino.destination(2)): Log {
  // A driver's error may quote an address with its password, or what somebody typed: nothing of the kind gets into the log.
  const write = (line: string): void => void out.write(secrets.reduce((text, secret) => text.replaceAll(secret, '***'), line));
  const logger = pino({ level, base: null }, { write });
  return {
    debug: (event, details = {}) => void (logger.isLevelEnabled('debug') && logger.debug(maskSecretsIn(details), event)),
    info: (event, details = {}) => logger.info(maskSecretsIn(details), event),
    warn: (event, details = {}) => logger.warn(maskSecretsIn(details), event),
    error: (event, details = {}) => logger.error(maskSecretsIn(details), event),
  };
}

/** Every secret of the settings as it might be quoted: whole, and the password of an address alone. */
export function secretsIn(config: Config): string[] {
  const whole = Object.values(config).flatMap((value) => (value instanceof Secret ? [value.reveal(), ...value.reveal().split(',').map((one) => one.trim())] : []));
  const passwords = whole.flatMap((value) => (URL.canParse(value) ? [new URL(value).password] : []));
  return [...whole, ...passwords].filter((secret) => secret.length >= 6).toSorted((a, b) => b.length - a.length);
}

/** Whoever runs containers gives them ten seconds between SIGTERM and SIGKILL. */
const mostStoppingMs = 9_000;

/** Serves until a signal comes, then stops cleanly; a second signal ends it at once. */
export async function main(): Promise<void> {
  const config = configOrExit();
  const log = createLog(config.LOG_LEVEL, secretsIn(config));
  try {
    const served = await serve(config, { clock: machineClock, log });
    const say = (line: string): boolean => process.stdout.write(`${line}\n`);
    // In one piece: who waits for the last of it has all of it.
    say([
      `Aftercare is running.\n  Sample shop and widget  ${served.url}/\n  Agent desk              ${served.url}/desk`,
      ...served.notices.map(({ channel, isOn, note }) => `  ${channel.padEnd(22)}  ${isOn ? 'on' : 'off'} – ${note}`),
      ...served.core.warnings.map((warning) => `  ATTENTION               ${warning}`),
      ...(served.firstAdminLink === null ? [] : [`  First admin of the desk: open this link once, within a day\n  ${served.firstAdminLink}`]),
    ].join('\n'));
    let isStopping = false;
    const stop = (): void => {
      if (isStopping) process.exit(130);
      isStopping = true;
      say('Stopping …');
      // Whatever hangs longer is given up: what is not done is in the inbox, the outbox or the shop's receipts, and is taken up at the next start.
      setTimeout(() => {
        log.warn('stop.cut-short', { afterMs: mostStoppingMs });
        process.exit(0);
      }, mostStoppingMs).unref();
      served.stop().then(() => process.exit(0), (error: unknown) => {
        log.error('stop.failed', { message: error instanceof Error ? error.message : String(error) });
        process.exit(1);
      });
    };
    let learning = Promise.resolve();
    process.on('SIGHUP', () => {
      learning = learning.then(() => served.core.relearn()).then(
        ({ isFresh, milliseconds }) => void say(isFresh ? `Learned anew in ${(milliseconds / 1000).toFixed(1)} s; it counts from the next message on.` : 'The sentences have not changed since they were last learned.'),
        (error: unknown) => log.error('relearn.failed', { message: error instanceof Error ? error.message : String(error) }),
      );
    });
    process.on('SIGINT', stop);
    process.on('SIGTERM', stop);
    // Only now: a signal that comes while it works must find its handler.
    void served.core.warmUp().catch((error: unknown) => log.warn('warm-up.failed', { message: error instanceof Error ? error.message : String(error) }));
  } catch (error) {
    process.stderr.write(error instanceof Fault ? `${error.message}\n` : `${error instanceof Error ? error.stack ?? error.message : String(error)}\n`);
    process.exit(error instanceof Fault && ['config.invalid', 'policy.invalid'].includes(error.code) ? 2 : 1);
  }
}
