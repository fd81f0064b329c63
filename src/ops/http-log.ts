import type { FastifyBaseLogger } from 'fastify';
import type { Log } from '../runtime/parts.js';

type Report = (details: unknown, message?: string) => void;

/** The HTTP server's log as a part of ours: what failed is told with its route and the error, never with address, headers or body. */
export function httpLog(log: Log): FastifyBaseLogger {
  const report = (write: (event: string, details: Record<string, unknown>) => void): Report => (details, message = 'http') => {
    const { err, ...rest } = (typeof details === 'object' && details !== null ? details : { message: String(details) }) as Record<string, unknown>;
    write(message, { ...rest, ...(err instanceof Error ? { error: err.stack ?? err.message } : {}) });
  };
  const nothing: Report = () => undefined;
  const logger: FastifyBaseLogger = {
    level: 'info', silent: nothing, trace: nothing, info: nothing,
    debug: report((event, details) => log.debug?.(event, details)), warn: report(log.warn), error: report(log.error), fatal: report(log.error),
    child: () => logger,
  };
  return logger;
}
