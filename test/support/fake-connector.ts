import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { until } from './served.js';

/** What a Bot Framework connector was sent into a conversation. */
export interface SentActivity {
  readonly type: string;
  readonly text?: string;
  readonly attachments?: readonly { readonly name?: string; readonly contentType: string; readonly contentUrl?: string }[];
}

/** The connector of a Bot Framework channel with one customer on it: what it keeps, what it was sent, and a way to speak. Shapes as the Bot Connector REST API 3.0 publishes them. */
export async function startFakeConnector() {
  const sent: SentActivity[] = [];
  const kept = new Map<string, Buffer>();
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const answer = (status: number, body: string | Buffer, type = 'application/json'): void => void response.writeHead(status, { 'content-type': type, connection: 'close' }).end(body);
      const path = new URL(request.url ?? '', 'http://here').pathname;
      const [, id] = /^\/v3\/attachments\/([^/]+)\/views\/original$/u.exec(path) ?? [];
      const stored = id === undefined ? undefined : kept.get(decodeURIComponent(id));
      if (id !== undefined) return stored ? answer(200, stored, 'application/octet-stream') : answer(404, '{}');
      const body = JSON.parse(Buffer.concat(parts).toString() || '{}') as Record<string, unknown>;
      if (path.endsWith('/attachments')) {
        const name = `kept-${kept.size + 1}`;
        kept.set(name, Buffer.from(String(body['originalBase64']), 'base64'));
        return answer(201, JSON.stringify({ id: name }));
      }
      sent.push(body as unknown as SentActivity);
      return answer(200, JSON.stringify({ id: `sent-${sent.length}` }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const serviceUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  let count = 0;
  /** What every activity of the customer holds. */
  const ofCustomer = () => ({ id: `activity-${(count += 1)}`, channelId: 'emulator', serviceUrl, from: { id: 'customer', name: 'Bea' }, recipient: { id: 'bot' }, conversation: { id: 'bea-1' }, locale: 'en-GB' });
  const post = async (base: string, activity: object): Promise<number> =>
    (await fetch(`${base}/api/messages`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ ...ofCustomer(), ...activity }) })).status;
  return {
    serviceUrl, sent, kept,
    /** Something a customer says, with what they attach: files the connector keeps, or addresses they made up. */
    async says(base: string, text: string, attachments: readonly ({ readonly name: string; readonly bytes: Buffer } | { readonly name: string; readonly contentUrl: string })[] = []): Promise<number> {
      const given = attachments.map((one) => {
        if ('contentUrl' in one) return { contentType: 'image/png', ...one };
        const id = `from-customer-${kept.size + 1}`;
        kept.set(id, one.bytes);
        return { name: one.name, contentType: 'image/png', contentUrl: `${serviceUrl}v3/attachments/${id}/views/original` };
      });
      return post(base, { type: 'message', text, ...(given.length === 0 ? {} : { attachments: given }) });
    },
    /** The customer is writing. */
    writes: (base: string): Promise<number> => post(base, { type: 'typing' }),
    /** Resolves with the first activity of which this holds. */
    hears: (what: string, holds: (one: SentActivity) => boolean): Promise<SentActivity> => until(`${what} on the Bot Framework channel; so far: ${JSON.stringify(sent.map(({ type, text }) => text ?? type))}`, () => sent.find(holds)),
    async stop(): Promise<void> {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
