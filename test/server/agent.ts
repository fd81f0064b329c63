import WebSocket from 'ws';
import { until } from '../support/served.js';
import { request, type Answer } from './buyer.js';

const PASSWORD = 'correct horse battery';

/** One row of the desk's queue. */
export interface QueueRow {
  readonly conversationId: string;
  readonly who: string;
  readonly locale: string;
  readonly customer: string | null;
  readonly reason: string | null;
}

/** A line as the desk shows it. */
export interface DeskLine {
  readonly seq: number;
  readonly from: string;
  readonly text: string;
}

/** An agent at the desk, over its HTTP API and its socket. */
export interface DeskAgent {
  call(method: string, path: string, body?: unknown): Promise<Answer>;
  queue(): Promise<QueueRow[]>;
  /** The row of a conversation, as soon as it is there. */
  queued(conversationId: string): Promise<QueueRow>;
  /** Take, say, note, hand-back, close. */
  act(conversationId: string, act: object): Promise<Answer>;
  lines(conversationId: string): Promise<DeskLine[]>;
  /** Resolves when a line with these words is there, and the socket has told that it is. */
  reads(conversationId: string, words: string): Promise<DeskLine>;
  leave(): void;
}

/** Joins as the first admin by the link the server printed, signs in and sits down. */
export async function joinAsAdmin(base: string, adminLink: string, name = 'Ada'): Promise<DeskAgent> {
  const email = `${name.toLowerCase()}@example.com`;
  const api = (method: string, path: string, body?: unknown, cookie = ''): Promise<Answer> =>
    request(base, method, `/desk/api${path}`, { headers: { origin: base, ...(cookie === '' ? {} : { cookie }) }, ...(body === undefined ? {} : { body }) });
  const joined = await api('POST', '/join', { token: adminLink.split('/join/')[1], name, email, password: PASSWORD });
  if (joined.status !== 200) throw new Error(`joining failed: ${joined.status} ${joined.text}`);
  return signIn(base, email);
}

/** Signs an agent in who joined before. */
export async function signIn(base: string, email = 'ada@example.com'): Promise<DeskAgent> {
  const entered = await request(base, 'POST', '/desk/api/sign-in', { headers: { origin: base }, body: { email, password: PASSWORD } });
  if (entered.status !== 200) throw new Error(`signing in failed: ${entered.status} ${entered.text}`);
  const cookie = entered.headers.getSetCookie().map((line) => line.split(';')[0]).join('; ');
  const call = (method: string, path: string, body?: unknown): Promise<Answer> => request(base, method, `/desk/api${path}`, { headers: { origin: base, cookie }, ...(body === undefined ? {} : { body }) });

  const told = new Map<string, number>();
  const socket = new WebSocket(`${base.replace('http', 'ws')}/desk/api/live`, { headers: { origin: base, cookie } });
  socket.on('error', () => undefined);
  socket.on('message', (data) => {
    const { conversation, seq = 0 } = JSON.parse((data as Buffer).toString()) as { conversation?: string; seq?: number };
    if (conversation !== undefined) told.set(conversation, seq);
  });
  await until('the desk’s socket to open', () => socket.readyState === WebSocket.OPEN);

  const at = (conversationId: string, more = ''): string => `/conversation/${encodeURIComponent(conversationId)}${more}`;
  let acts = 0;
  const queue = async (): Promise<QueueRow[]> => ((await call('GET', '/queue')).json as { rows?: QueueRow[] }).rows ?? [];
  const lines = async (conversationId: string): Promise<DeskLine[]> => ((await call('GET', at(conversationId, '/lines'))).json as { lines?: DeskLine[] }).lines ?? [];
  return {
    call, queue, lines,
    queued: (conversationId) => until(`${conversationId} in the queue`, async () => (await queue()).find((row) => row.conversationId === conversationId)),
    act: (conversationId, act) => call('POST', at(conversationId, '/acts'), { id: `act-of-a-test-${(acts += 1)}`, ...act }),
    reads: (conversationId, words) => until(`"${words}" at the desk`, async () => {
      const upTo = told.get(conversationId) ?? 0;
      return (await lines(conversationId)).findLast(({ seq, text }) => seq <= upTo && text.includes(words));
    }),
    leave: () => socket.terminate(),
  };
}
