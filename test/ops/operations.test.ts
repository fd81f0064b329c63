import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { createReadiness } from '../../src/ops/health.js';
import { createRegistry } from '../../src/ops/registry.js';
import { createTracer, traceIdOf } from '../../src/ops/tracer.js';
import { openStage, type Stage } from '../support/doors/stage.js';
import { openWebDoor } from '../support/doors/web.js';
import { until } from '../support/served.js';
import { startPostgres, startRedis, type TestServer } from '../support/servers.js';

jest.setTimeout(60_000);

const TOKEN = 'a-token-for-the-figures';

interface Span {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  readonly attributes: readonly { readonly key: string; readonly value: { readonly stringValue?: string } }[];
}

/** A collector that keeps what it was sent. */
async function startCollector(): Promise<{ readonly url: string; readonly server: Server; readonly spans: Span[]; readonly seen: string[] }> {
  const spans: Span[] = [];
  const seen: string[] = [];
  const server = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk: Buffer) => (text += chunk.toString()));
    request.on('end', () => {
      seen.push(`${request.method} ${request.url} ${String(request.headers['x-api-key'])} ${text}`);
      const body = JSON.parse(text) as { resourceSpans: { scopeSpans: { spans: Span[] }[] }[] };
      spans.push(...body.resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap((one) => one.spans)));
      response.end('{}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, server, spans, seen };
}

describe('an operator who looks at a running service', () => {
  let stage: Stage;
  let collector: Awaited<ReturnType<typeof startCollector>>;
  let conversationId = '';
  beforeAll(async () => {
    collector = await startCollector();
    stage = await openStage('serve', { METRICS_TOKEN: TOKEN, OTEL_EXPORTER_OTLP_ENDPOINT: `${collector.url}/`, OTEL_EXPORTER_OTLP_HEADERS: 'x-api-key=a%20key' });
    const visit = await openWebDoor(stage).visit('one');
    conversationId = visit.conversationId;
    await visit.says(['Where is my order AC-100001?']);
    await visit.says(['anna@example.com']);
    await visit.says(['I want to change the address of my order AC-100001']);
    await visit.says(['talk to a person']);
  });
  afterAll(async () => {
    await stage?.close();
    collector?.server.close();
  });
  const get = (path: string, headers: Record<string, string> = {}): Promise<Response> => fetch(`${stage.url}${path}`, { headers });

  test('sees that it lives and is ready, and what it looked at', async () => {
    expect(await (await get('/healthz')).json()).toEqual({ status: 'ok' });
    const ready = await get('/readyz');
    expect(ready.status).toBe(200);
    expect(await ready.json()).toEqual({
      status: 'ready', missing: [],
      checks: ['start', 'database (SQLite)', 'conversations (SQLite)', 'model', 'channel web', 'channel terminal'].map((name) => ({ name, ok: true })),
    });
  });

  test('reads the figures with the token only', async () => {
    for (const headers of [{}, { authorization: 'Bearer wrong' }, { authorization: `Basic ${TOKEN}` }] as Record<string, string>[]) expect((await get('/metrics', headers)).status).toBe(401);
    const answer = await get('/metrics', { authorization: `Bearer ${TOKEN}` });
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/plain; version=0.0.4; charset=utf-8']);
  });

  test('finds turns, stages, hand-overs, intents, queues and the event loop counted, in a form that can be read, and nobody in it', async () => {
    const text = await (await get('/metrics', { authorization: `Bearer ${TOKEN}` })).text();
    for (const line of text.trim().split('\n')) expect(line).toMatch(/^(?:# (?:HELP|TYPE) [a-z_]+ .+|[a-z_]+(?:\{(?:[a-z_]+="[^"]*",?)+\})? -?[\d.e+-]+)$/u);
    const valueOf = (series: string): number => Number(text.split('\n').find((line) => line.startsWith(`${series} `))?.split(' ').at(-1) ?? Number.NaN);
    expect(valueOf('aftercare_turns_total{channel="web",outcome="committed"}')).toBe(4);
    expect(valueOf('aftercare_messages_total{channel="web",kind="message",outcome="accepted"}')).toBe(4);
    expect(valueOf('aftercare_handovers_total{kind="handover",reason="asked"}')).toBe(1);
    // What only repeats the words of a button needs no understanding.
    expect(valueOf('aftercare_stage_duration_seconds_count{stage="understand"}')).toBe(3);
    for (const stageName of ['accept', 'wait', 'turn', 'commit']) expect([stageName, valueOf(`aftercare_stage_duration_seconds_count{stage="${stageName}"}`)]).toEqual([stageName, 4]);
    expect(text).toMatch(/aftercare_refusals_total\{code="[\w-]+",flow="change-address"\} 1/u);
    expect(text).toMatch(/aftercare_rule_verdicts_total\{granted="false",rule="[\w.-]+"\} [1-9]/u);
    expect(text).toMatch(/aftercare_intents_total\{intent="\w+",verdict="sure"\} 1/u);
    expect(text).toMatch(/aftercare_intent_confidence_bucket\{verdict="sure",le="0.9"\} \d/u);
    expect(text).toMatch(/aftercare_http_requests_total\{method="POST",route="\/v3\/directline\/conversations\/:id\/activities",status="200"\} 4/u);
    for (const gauge of ['aftercare_inbox_items', 'aftercare_outbox_lines', 'aftercare_inbox_age_seconds', 'aftercare_outbox_age_seconds']) expect([gauge, valueOf(gauge)]).toEqual([gauge, 0]);
    for (const gauge of ['nodejs_eventloop_lag_seconds{quantile="0.99"}', 'process_resident_memory_bytes', 'process_cpu_seconds_total']) expect(valueOf(gauge)).toBeGreaterThan(0);
    for (const personal of ['anna', 'AC-100001', conversationId, conversationId.slice(4), 'cus-0001']) expect(text).not.toContain(personal);
  });

  test('finds each message as one trace at the collector, without a word or an id of the customer', async () => {
    await stage.close();
    const traces = [...new Set(collector.spans.map(({ traceId }) => traceId))];
    expect(traces.length).toBe(4);
    for (const spans of traces.map((trace) => collector.spans.filter(({ traceId }) => traceId === trace))) {
      expect(spans.map(({ name }) => name).toSorted()).toEqual(['accept', 'commit', 'turn']);
      const idOf = (name: string): string | undefined => spans.find((span) => span.name === name)?.spanId;
      expect(spans.map(({ name, parentSpanId }) => [name, parentSpanId]).toSorted()).toEqual([['accept', undefined], ['commit', idOf('turn')], ['turn', idOf('accept')]]);
      for (const { traceId, spanId } of spans) expect([traceId, spanId]).toEqual([expect.stringMatching(/^[0-9a-f]{32}$/u), expect.stringMatching(/^[0-9a-f]{16}$/u)]);
    }
    expect(collector.seen.every((one) => one.startsWith('POST /v1/traces a key '))).toBe(true);
    for (const personal of ['anna', 'AC-100001', conversationId]) expect(collector.seen.join('\n')).not.toContain(personal);
    expect(traceIdOf('a', 'b')).toBe(traceIdOf('a', 'b'));
  });
});

describe('a collector of traces that is no help', () => {
  let collector: Server;
  let [requests, stop]: [number, () => void] = [0, () => undefined];
  /** What it does with a request; nothing: it hangs. */
  let answers: (response: ServerResponse) => void = () => undefined;
  beforeAll(async () => {
    collector = createServer((_request, response) => {
      requests += 1;
      answers(response);
    });
    await new Promise<void>((resolve) => collector.listen(0, '127.0.0.1', resolve));
  });
  afterAll(() => {
    stop();
    collector.closeAllConnections();
    collector.close();
  });

  const kinds: [string, (response: ServerResponse) => void][] = [
    ['hangs', () => undefined],
    ['breaks', (response) => response.writeHead(500).end()],
    ['never stops talking', (response) => {
      response.writeHead(200);
      const talking = setInterval(() => response.write('x'.repeat(10_000)), 5);
      stop = () => clearInterval(talking);
      response.on('close', stop);
    }],
  ];
  test.each(kinds)('and %s holds neither turns nor a stop up', async (_what, behaviour) => {
    [answers, requests] = [behaviour, 0];
    const { port } = collector.address() as AddressInfo;
    const stage = await openStage('serve', { OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}` });
    const visit = await openWebDoor(stage).visit('one');
    expect((await visit.says(['Are you a bot?'])).words).not.toBe('');
    await until('the collector to be told', () => requests > 0);
    // It has a request by now and does with it what it does.
    for (let n = 0; n < 5; n += 1) expect((await visit.says(['Are you a bot?'])).words).not.toBe('');
    expect(stage.failures).toEqual([]);
    const begun = Date.now();
    await stage.close();
    // All of a stop has ten seconds.
    expect(Date.now() - begun).toBeLessThan(7_000);
  });

  test('and is not there at all, neither; it is told once', async () => {
    const told: string[] = [];
    const tracer = createTracer({ endpoint: 'http://127.0.0.1:1', service: 's', version: '1', onProblem: (message) => told.push(message) });
    const step = { name: 'accept', conversationId: 'c', itemId: 'm', seconds: 0, attributes: {} } as const;
    for (let n = 0; n < 10_000; n += 1) tracer.span({ ...step, itemId: `m${n}` });
    await tracer.close();
    expect(told).toHaveLength(1);
  });
});

describe('a service whose PostgreSQL hangs', () => {
  let servers: readonly [TestServer, TestServer];
  let stage: Stage;
  beforeAll(async () => {
    servers = await Promise.all([startPostgres(), startRedis()]);
    stage = await openStage('serve', { DATABASE_URL: `${servers[0].url}?statement_timeout=500`, REDIS_URL: servers[1].url });
  });
  afterAll(async () => {
    servers?.[0].wake();
    await stage?.close();
    await Promise.all((servers ?? []).map((server) => server.stop()));
  });

  test('has channels try again after a time, says what is missing, and answers the same message once when it is back', async () => {
    const post = (path: string, body: object, token = ''): Promise<Response> => fetch(`${stage.url}${path}`, { method: 'POST', headers: { 'content-type': 'application/json', ...(token === '' ? {} : { authorization: `Bearer ${token}` }) }, body: JSON.stringify(body) });
    const { token, conversationId } = await (await post('/api/widget/token', {})).json() as { token: string; conversationId: string };
    const say = (id: string): Promise<Response> => post(`/v3/directline/conversations/${conversationId}/activities`, { type: 'message', from: { id: 'me' }, text: 'Are you a bot?', channelData: { clientActivityID: id } }, token);
    expect((await say('before')).status).toBe(200);
    await stage.runtime.settled(`web:${conversationId}`);
    servers[0].hang();
    const [answer, ready] = await Promise.all([say('meanwhile'), fetch(`${stage.url}/readyz`)]);
    expect([answer.status, (await answer.json() as { error: { code: string } }).error.code]).toEqual([503, expect.any(String)]);
    expect(await ready.json()).toMatchObject({ status: 'not ready', missing: ['database (PostgreSQL)'] });
    servers[0].wake();
    expect((await say('meanwhile')).status).toBe(200);
    await stage.runtime.settled(`web:${conversationId}`);
    const log = await stage.core.store.readLog(`web:${conversationId}`, 0, 50);
    expect(log.map(({ from }) => from)).toEqual(['customer', 'bot', 'customer', 'bot']);
  });

  test('tells the operator of connections that were lost while nobody used them, and replaces them', async () => {
    await stage.core.records.audit.list(1);
    const before = stage.warned.length;
    await servers[0].restart();
    expect(await until('a warning', () => stage.warned.slice(before).find(({ event }) => event === 'postgres'))).toMatchObject({ details: { message: expect.stringMatching(/^PostgreSQL: /u) } });
    await until('records that answer again', () => stage.core.records.audit.list(1).catch(() => null));
  });
});

describe('a service over Redis', () => {
  let redis: TestServer;
  let stage: Stage;
  beforeAll(async () => {
    redis = await startRedis({ settings: ['--maxmemory', '100mb', '--maxmemory-policy', 'allkeys-lru'] });
    stage = await openStage('serve', { REDIS_URL: redis.url });
  });
  afterAll(async () => {
    await stage?.close();
    await redis?.stop();
  });

  test('says at start that Redis may throw conversations away', () => {
    expect(stage.core.warnings).toEqual([expect.stringMatching(/allkeys-lru.*noeviction/u)]);
  });

  test('gives its figures to this machine alone when no token is set, and not through a proxy on it', async () => {
    expect((await fetch(`${stage.url}/metrics`)).status).toBe(200);
    for (const header of ['x-forwarded-for', 'forwarded', 'x-real-ip']) expect((await fetch(`${stage.url}/metrics`, { headers: { [header]: '127.0.0.1' } })).status).toBe(403);
  });

  test('is not ready, and names what is missing, while Redis is away; it lives all the same', async () => {
    expect((await fetch(`${stage.url}/readyz`)).status).toBe(200);
    await redis.stop();
    let answer: Response;
    do answer = await fetch(`${stage.url}/readyz`);
    while (answer.status === 200);
    expect(answer.status).toBe(503);
    expect(await answer.json()).toMatchObject({ status: 'not ready', missing: ['conversations (Redis)'] });
    expect((await fetch(`${stage.url}/healthz`)).status).toBe(200);
    // The figures of the queue are left out, the others are there.
    const text = await (await fetch(`${stage.url}/metrics`)).text();
    expect(text).not.toContain('aftercare_inbox_items');
    expect(text).toContain('process_resident_memory_bytes');
  });
});

describe('readiness', () => {
  test('a channel that is away makes it poorer, not unready; what never answers counts as away', async () => {
    const fine = { name: 'database', look: async () => null };
    expect(await createReadiness([fine, { name: 'channel telegram', look: async () => 'Telegram answers 401', isOptional: true }])())
      .toEqual({ status: 'degraded', checks: [{ name: 'database', ok: true }, { name: 'channel telegram', ok: false, problem: 'Telegram answers 401' }] });
    const failing = { name: 'redis', look: () => Promise.reject(new Error('connect ECONNREFUSED redis://user:secret@host')) };
    const found = await createReadiness([fine, failing, { name: 'stuck', look: () => new Promise<null>(() => undefined) }])();
    expect(found).toMatchObject({ status: 'not ready', checks: [{ ok: true }, { problem: 'cannot be reached' }, { problem: 'no answer within 2 seconds' }] });
    expect(JSON.stringify(found)).not.toContain('secret');
  });
});

describe('the figures', () => {
  test('are written as Prometheus reads them, whatever stands in a label', async () => {
    const registry = createRegistry();
    registry.counter('a_total', 'A.').add({ b: 'x"\n\\y' }, 2);
    const histogram = registry.histogram('h_seconds', 'H.', [0.1, 1]);
    for (const value of [0.05, 0.5, 5]) histogram.observe(value);
    registry.gauge('broken', 'B.', () => Promise.reject(new Error('away')));
    expect(await registry.text()).toBe([
      '# HELP a_total A.', '# TYPE a_total counter', 'a_total{b="x\\"\\n\\\\y"} 2', '# HELP h_seconds H.', '# TYPE h_seconds histogram',
      'h_seconds_bucket{le="0.1"} 1', 'h_seconds_bucket{le="1"} 2', 'h_seconds_bucket{le="+Inf"} 3', 'h_seconds_sum 5.55', 'h_seconds_count 3', '',
    ].join('\n'));
  });

  test('never grow without end', async () => {
    const registry = createRegistry();
    const counter = registry.counter('c_total', 'C.');
    for (let n = 0; n < 10_000; n += 1) counter.add({ n: String(n) });
    expect((await registry.text()).split('\n').length).toBeLessThan(2_100);
  });
});
