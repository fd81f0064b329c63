import type { Button, Door, Seen } from './door.js';
import type { Stage } from './stage.js';

interface Activity {
  readonly type: string;
  readonly text?: string;
  readonly from: { readonly role: string };
  readonly attachments?: readonly { readonly contentType: string; readonly contentUrl?: string; readonly name?: string; readonly content?: { readonly buttons?: readonly { readonly title: string; readonly value: string }[] } }[];
  readonly suggestedActions?: { readonly actions: readonly { readonly type: string; readonly title: string; readonly value: { readonly choice: string } }[] };
}

/** The web: a token as the widget gets one, then Direct Line 3.0 over HTTP. */
export function openWebDoor(stage: Stage): Door {
  const { url, runtime } = stage;
  if (url === null) throw new Error('nothing is served on this stage');

  async function call(method: string, path: string, token?: string, body?: object): Promise<Record<string, unknown>> {
    const isForm = body instanceof FormData;
    const response = await fetch(`${url}${path}`, {
      method,
      headers: { ...(token === undefined ? {} : { authorization: `Bearer ${token}` }), ...(body === undefined || isForm ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: body instanceof FormData ? body : JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return await response.json() as Record<string, unknown>;
  }

  async function fileOf(address: string, name: string): Promise<Seen['files'][number]> {
    const response = await fetch(address);
    if (!response.ok) throw new Error(`${name}: ${response.status}`);
    return { name, bytes: new Uint8Array(await response.arrayBuffer()) };
  }

  async function seenOf(activities: readonly Activity[]): Promise<Seen> {
    const bot = activities.filter(({ type, from }) => type === 'message' && from.role === 'bot');
    const attachments = bot.flatMap((one) => one.attachments ?? []);
    return {
      words: bot.map(({ text }) => text ?? '').join('\n\n'),
      links: attachments.flatMap(({ content }) => (content?.buttons ?? []).map(({ title, value }) => `${title}: ${value}`)),
      labels: bot.flatMap(({ suggestedActions }) => (suggestedActions?.actions ?? []).map(({ title }) => title)),
      files: await Promise.all(attachments.filter(({ contentUrl }) => contentUrl !== undefined).map(({ contentUrl, name }) => fileOf(contentUrl ?? '', name ?? ''))),
    };
  }

  return {
    name: 'web',
    hasButtons: true,
    visit: async () => {
      const { token, conversationId } = await call('POST', '/api/widget/token', undefined, {}) as { token: string; conversationId: string };
      await call('POST', '/v3/directline/conversations', token, {});
      const base = `/v3/directline/conversations/${conversationId}`;
      let watermark = '';
      const next = async (): Promise<Seen> => {
        await runtime.settled(`web:${conversationId}`);
        const page = await call('GET', `${base}/activities?watermark=${watermark}`, token) as { activities: Activity[]; watermark: string };
        watermark = page.watermark;
        return seenOf(page.activities);
      };
      const post = (activity: object): Promise<unknown> => call('POST', `${base}/activities`, token, { type: 'message', from: { id: 'me' }, ...activity });
      return {
        conversationId: `web:${conversationId}`,
        says: async (messages) => {
          for (const text of messages) await post({ text });
          return next();
        },
        presses: async ({ id, label }: Button) => {
          await post({ text: label, value: { choice: id } });
          return next();
        },
        sendsPhoto: async (bytes, name) => {
          const form = new FormData();
          form.append('file', new Blob([Uint8Array.from(bytes)], { type: 'image/png' }), name);
          await call('POST', `${base}/upload?userId=me`, token, form);
          return next();
        },
      };
    },
    close: async () => undefined,
  };
}
