import WebSocket from 'ws';
import { until } from '../support/served.js';

/** What a Direct Line client is sent. */
export interface Activity {
  readonly id: string;
  readonly type: string;
  readonly text?: string;
  readonly from: { readonly id: string; readonly name: string; readonly role: string };
  readonly channelData?: { readonly clientActivityID?: string };
  readonly attachments?: readonly { readonly contentType: string; readonly contentUrl?: string; readonly name?: string }[];
  readonly suggestedActions?: { readonly actions: readonly { readonly title: string; readonly value: unknown }[] };
}

/** An answer over HTTP, read as JSON where it is some. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly json: Readonly<Record<string, unknown>> & { readonly error?: { readonly code: string; readonly message: string } };
}

/** One request to a server. */
export async function request(base: string, method: string, path: string, given: { readonly token?: string; readonly body?: unknown; readonly raw?: string | Uint8Array; readonly headers?: Readonly<Record<string, string>> } = {}): Promise<Answer> {
  const response = await fetch(base + path, {
    method,
    headers: { ...(given.token === undefined ? {} : { authorization: `Bearer ${given.token}` }), ...(given.body === undefined ? {} : { 'content-type': 'application/json' }), ...given.headers },
    ...(given.raw !== undefined ? { body: given.raw as string } : given.body === undefined ? {} : { body: JSON.stringify(given.body) }),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, json: (text.startsWith('{') ? JSON.parse(text) : {}) as Answer['json'] };
}

/** A buyer on the web: a bare Direct Line client with a socket, and all it was sent. */
export interface Buyer {
  readonly conversationId: string;
  readonly token: string;
  /** Everything seen, each activity once for every time it was sent. */
  readonly seen: readonly Activity[];
  /** What bot and agents said. */
  heard(): string[];
  post(activity: object): Promise<Answer>;
  say(text: string, id?: string): Promise<Answer>;
  /** Says something and gives what is said next from the other side. */
  ask(text: string): Promise<Activity>;
  /** Presses a button of the newest message and gives what is said next. */
  press(label: string): Promise<Activity>;
  /** Resolves when something with these words in it was said by bot or agent. */
  hears(words: string): Promise<Activity>;
  /** Resolves with the last message once so many were said by bot and agents. */
  hearsCount(count: number): Promise<Activity>;
  /** Comes back to a server that was started again, from the last watermark. */
  comeBack(base: string): Promise<void>;
  /** The whole history, asked for page by page. */
  history(watermark?: string): Promise<Activity[]>;
  watermark(): string;
  leave(): Promise<void>;
}

/** Lets a buyer in: token, conversation, socket. */
export async function createBuyer(url: string, options: { readonly identity?: string; readonly headers?: Readonly<Record<string, string>>; readonly locale?: string } = {}): Promise<Buyer> {
  let base = url;
  const headers = options.headers ?? {};
  const ok = (answer: Answer): Answer => {
    if (answer.status >= 300) throw new Error(`${answer.status} ${answer.text}`);
    return answer;
  };
  const given = ok(await request(base, 'POST', '/api/widget/token', { headers, body: options.identity === undefined ? {} : { identity: options.identity } }));
  const token = String(given.json['token']);
  const conversationId = String(given.json['conversationId']);
  const path = `/v3/directline/conversations/${conversationId}`;
  const seen: Activity[] = [];
  let watermark = '';
  let socket: WebSocket | undefined;

  async function connect(streamUrl: unknown): Promise<void> {
    const opened = new WebSocket(String(streamUrl));
    socket = opened;
    opened.on('error', () => undefined);
    opened.on('message', (data) => {
      const text = (data as Buffer).toString();
      if (text === '') return;
      const group = JSON.parse(text) as { activities: Activity[]; watermark?: string };
      seen.push(...group.activities);
      watermark = group.watermark ?? watermark;
    });
    await until('the stream to open', () => opened.readyState === WebSocket.OPEN);
  }

  const isSaid = ({ type, from }: Activity): boolean => type === 'message' && from.role === 'bot';
  const said = (): Activity[] => seen.filter(isSaid);
  const post = (activity: object): Promise<Answer> => request(base, 'POST', `${path}/activities`, { token, headers, body: { type: 'message', from: { id: 'me' }, ...activity } });
  async function next(send: () => Promise<Answer>): Promise<Activity> {
    const before = said().length;
    ok(await send());
    return until('an answer', () => said()[before]);
  }

  await connect(ok(await request(base, 'POST', '/v3/directline/conversations', { token, headers, body: options.locale === undefined ? {} : { locale: options.locale } })).json['streamUrl']);
  return {
    conversationId, token, seen, post,
    heard: () => said().map(({ text }) => text ?? ''),
    say: (text, id) => post({ text, ...(id === undefined ? {} : { channelData: { clientActivityID: id } }) }),
    ask: (text) => next(() => post({ text })),
    press: (label) => {
      const action = said().at(-1)?.suggestedActions?.actions.find(({ title }) => title === label);
      if (action === undefined) throw new Error(`There is no button "${label}" on: ${JSON.stringify(said().at(-1))}`);
      return next(() => post({ text: label, value: action.value }));
    },
    hears: (words) => until(`"${words}" to be said; so far: ${JSON.stringify(said().map(({ text }) => text))}`, () => said().find(({ text }) => text?.includes(words) === true)),
    hearsCount: (count) => until(`${count} messages`, () => said()[count - 1]),
    async comeBack(again) {
      base = again;
      socket?.terminate();
      await connect(ok(await request(base, 'GET', `${path}?watermark=${watermark}`, { token, headers })).json['streamUrl']);
    },
    async history(from = '') {
      const all: Activity[] = [];
      for (let after = from; ;) {
        const { json } = ok(await request(base, 'GET', `${path}/activities?watermark=${after}`, { token, headers }));
        const page = json as { activities?: Activity[]; watermark?: string };
        if ((page.activities ?? []).length === 0) return all;
        all.push(...(page.activities ?? []));
        after = page.watermark ?? '';
      }
    },
    watermark: () => watermark,
    async leave() {
      socket?.terminate();
      await until('the socket to close', () => socket === undefined || socket.readyState === WebSocket.CLOSED);
    },
  };
}
