import { Agent, request as httpRequest } from 'node:http';
import { performance } from 'node:perf_hooks';
import WebSocket from 'ws';

/** One message, timed: sent, taken by the server, answered; in milliseconds since sending. */
export interface Exchange {
  readonly takenMs: number;
  readonly answeredMs: number;
}

/** A buyer with the window open: a bare Direct Line client. */
export interface LoadBuyer {
  readonly conversationId: string;
  /** Says something and waits for the next line of the bot; rejects with what went wrong. */
  say(text: string): Promise<Exchange>;
  isOpen(): boolean;
  close(): void;
}

interface Activity {
  readonly type: string;
  readonly from?: { readonly role?: string };
  readonly channelData?: { readonly clientActivityID?: string };
}

/** Opens buyers at one server, over connections they share. */
export interface Clients {
  open(index: number): Promise<LoadBuyer>;
  /** An address of the server, as text. */
  read(path: string): Promise<string>;
  close(): void;
}

/** How long an answer is waited for before it counts as missing. */
const patienceMs = 20_000;

/** The clients of one server; each buyer comes from an address of their own, as in life. */
export function createClients(base: string): Clients {
  const agent = new Agent({ keepAlive: true, maxSockets: 64 });

  const call = (method: string, path: string, headers: Readonly<Record<string, string>>, body?: object): Promise<string> => new Promise((resolve, reject) => {
    const text = body === undefined ? undefined : JSON.stringify(body);
    const sent = httpRequest(base + path, { method, agent, headers: { ...headers, ...(text === undefined ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) }) } }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        const answer = Buffer.concat(chunks).toString();
        if ((response.statusCode ?? 500) < 300) resolve(answer);
        else reject(new Error(`${response.statusCode ?? 0} at ${path.replace(/conversations\/[\w-]+/u, 'conversations/…')}: ${answer.slice(0, 120)}`));
      });
    });
    sent.on('error', reject);
    sent.end(text);
  });

  async function open(index: number): Promise<LoadBuyer> {
    const address = { 'x-forwarded-for': `10.${1 + (index >> 16)}.${(index >> 8) & 255}.${index & 255}` };
    const { token, conversationId } = JSON.parse(await call('POST', '/api/widget/token', address, {})) as { token: string; conversationId: string };
    const headers = { ...address, authorization: `Bearer ${token}` };
    const { streamUrl } = JSON.parse(await call('POST', '/v3/directline/conversations', headers, {})) as { streamUrl: string };
    const socket = new WebSocket(streamUrl, { perMessageDeflate: false });
    const waiting: { readonly id: string; isEchoed: boolean; readonly answered: (at: number) => void; readonly failed: (error: Error) => void }[] = [];
    let said = 0;
    await new Promise<void>((resolve, reject) => {
      socket.once('open', resolve);
      socket.once('error', reject);
    });
    socket.on('error', () => socket.terminate());
    socket.on('close', (code) => {
      for (const one of waiting.splice(0)) one.failed(new Error(`the socket was closed with ${code}`));
    });
    socket.on('message', (data: Buffer) => {
      if (data.length === 0) return;
      const at = performance.now();
      for (const { type, from, channelData } of (JSON.parse(data.toString()) as { activities: Activity[] }).activities) {
        if (type !== 'message') continue;
        const echoed = channelData?.clientActivityID === undefined ? undefined : waiting.find(({ id }) => id === channelData.clientActivityID);
        if (echoed) echoed.isEchoed = true;
        // Turns go in order: what the bot says next answers the oldest message that was echoed.
        else if (from?.role === 'bot' && waiting[0]?.isEchoed === true) waiting.shift()?.answered(at);
      }
    });
    return {
      conversationId,
      isOpen: () => socket.readyState === WebSocket.OPEN,
      close: () => socket.terminate(),
      async say(text) {
        const id = `l-${index}-${said += 1}`;
        const begun = performance.now();
        let timer: NodeJS.Timeout | undefined;
        const answer = new Promise<number>((answered, failed) => {
          waiting.push({ id, isEchoed: false, answered, failed });
          timer = setTimeout(() => failed(new Error(`no answer in ${patienceMs / 1000} s`)), patienceMs);
        });
        answer.catch(() => undefined);
        try {
          await call('POST', `/v3/directline/conversations/${conversationId}/activities`, headers, { type: 'message', text, from: { id: 'me' }, channelData: { clientActivityID: id } });
          const takenMs = performance.now() - begun;
          return { takenMs, answeredMs: (await answer) - begun };
        } finally {
          clearTimeout(timer);
          const left = waiting.findIndex((one) => one.id === id);
          if (left >= 0) waiting.splice(left, 1);
        }
      },
    };
  }

  return { open, read: (path) => call('GET', path, {}), close: () => agent.destroy() };
}
