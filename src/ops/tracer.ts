import { createHash } from 'node:crypto';

/** One step of a message's way, just ended. */
export interface Step {
  readonly name: 'accept' | 'turn' | 'commit' | 'deliver';
  readonly conversationId: string;
  readonly itemId: string;
  readonly parent?: 'turn';
  readonly seconds: number;
  readonly attributes: Readonly<Record<string, string | number>>;
  readonly failed?: boolean;
}

/** Sends what happened to a message to an OpenTelemetry collector. */
export interface Tracer {
  span(step: Step): void;
  /** Sends what is left, as far as the collector takes it at once. */
  close(): Promise<void>;
}

/** Where to and under which name. */
export interface TracerSettings {
  readonly endpoint: string;
  /** `name=value,name=value`, as the standard setting has it. */
  readonly headers?: string | undefined;
  readonly service: string;
  readonly version: string;
  readonly onProblem: (message: string) => void;
}

const mostWaiting = 2_048;
const flushMs = 2_000;
const mostSendingMs = 10_000;
/** A stop has ten seconds for everything; spans are the least of it. */
const mostClosingMs = 1_000;

const hex = (text: string, length: number): string => createHash('sha256').update(text).digest('hex').slice(0, length);
/** The trace of a message, made of its conversation and id alone: every node and a log line's reader find the same one. */
export const traceIdOf = (conversationId: string, itemId: string): string => hex(`${conversationId}\n${itemId}`, 32);

function headersOf(text: string | undefined): Record<string, string> {
  return Object.fromEntries((text ?? '').split(',').flatMap((pair) => {
    const at = pair.indexOf('=');
    return at < 1 ? [] : [[pair.slice(0, at).trim(), decodeURIComponent(pair.slice(at + 1).trim())]];
  }));
}

const valueOf = (value: string | number): object => (typeof value === 'number' ? { intValue: String(value) } : { stringValue: value });
const listOf = (attributes: Readonly<Record<string, string | number>>): object[] => Object.entries(attributes).map(([key, value]) => ({ key, value: valueOf(value) }));

/**
 * Makes a tracer that speaks OTLP over HTTP with JSON, the format every collector takes. It is written here because the SDK
 * with its exporter brings some thirty packages and several megabytes for what is one POST; it is loaded only when an endpoint
 * is set. Spans hold channels, flows and outcomes, never ids or words of customers; the trace id is a hash. What the collector
 * does not take is dropped: traces must never hold a message up.
 */
export function createTracer(settings: TracerSettings): Tracer {
  const url = `${settings.endpoint.replace(/\/+$/u, '')}/v1/traces`;
  const headers = { 'content-type': 'application/json', ...headersOf(settings.headers) };
  const closing = new AbortController();
  const resource = { attributes: listOf({ 'service.name': settings.service, 'service.version': settings.version }) };
  let waiting: object[] = [];
  let sending = Promise.resolve();
  let lastProblem = '';

  async function flush(): Promise<void> {
    const spans = waiting;
    waiting = [];
    if (spans.length === 0) return;
    let problem = '';
    try {
      const answer = await fetch(url, {
        method: 'POST', headers, body: JSON.stringify({ resourceSpans: [{ resource, scopeSpans: [{ scope: { name: 'aftercare' }, spans }] }] }),
        signal: AbortSignal.any([AbortSignal.timeout(mostSendingMs), closing.signal]),
      });
      if (!answer.ok) problem = `the collector answered ${answer.status}`;
      // Whatever else it has to say is not read, however long it is.
      await answer.body?.cancel();
    } catch (error) {
      problem = error instanceof Error ? error.message : 'the collector cannot be reached';
    }
    // Told once, not every two seconds.
    if (problem !== '' && problem !== lastProblem) settings.onProblem(problem);
    lastProblem = problem;
  }
  const timer = setInterval(() => {
    sending = sending.then(flush);
  }, flushMs);
  timer.unref();

  return {
    span({ name, conversationId, itemId, parent, seconds, attributes, failed = false }) {
      if (waiting.length >= mostWaiting) return;
      const traceId = traceIdOf(conversationId, itemId);
      const end = BigInt(Date.now()) * 1_000_000n;
      const idOf = (of: string): string => hex(`${traceId} ${of}`, 16);
      waiting.push({
        // A turn or delivery that is tried again is a span of its own; those without children need no name to be found by.
        traceId, spanId: name === 'accept' || name === 'turn' ? idOf(name) : hex(`${traceId} ${name} ${end} ${waiting.length}`, 16),
        ...(name === 'accept' ? {} : { parentSpanId: idOf(parent ?? 'accept') }),
        name, kind: name === 'accept' ? 2 : name === 'deliver' ? 3 : 1,
        startTimeUnixNano: String(end - BigInt(Math.max(0, Math.round(seconds * 1e9)))), endTimeUnixNano: String(end),
        attributes: listOf(attributes), status: failed ? { code: 2 } : {},
      });
    },
    async close() {
      clearInterval(timer);
      const end = setTimeout(() => closing.abort(), mostClosingMs);
      sending = sending.then(flush);
      await sending;
      clearTimeout(end);
    },
  };
}
