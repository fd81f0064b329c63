import type { Person, Row, Talk, TalkLine, Uploaded } from './answers.js';
import type { InsightsAnswer } from './insights-data.js';

/** The server said no, or could not be reached (status 0). */
export class Failed extends Error {
  readonly status: number;
  readonly code: string;
  readonly body: Readonly<Record<string, unknown>>;

  constructor(status: number, code: string, message: string, body: Readonly<Record<string, unknown>> = {}) {
    super(message);
    this.status = status;
    this.code = code;
    this.body = body;
  }
}

let onSignedOut = (): void => undefined;

/** Sets what happens when the server says that nobody is signed in any more. */
export function whenSignedOut(listener: () => void): void {
  onSignedOut = listener;
}

async function call<T>(method: 'GET' | 'POST', path: string, body?: object | Blob, headers: Record<string, string> = {}): Promise<T> {
  let response: Response;
  try {
    response = await fetch(`/desk/api${path}`, {
      method, credentials: 'same-origin',
      headers: { ...(body === undefined ? {} : { 'content-type': body instanceof Blob ? 'application/octet-stream' : 'application/json' }), ...headers },
      ...(body === undefined ? {} : { body: body instanceof Blob ? body : JSON.stringify(body) }),
    });
  } catch {
    throw new Failed(0, 'Unreachable', 'unreachable'); // the reason is the browser's and says nothing to an agent
  }
  const answer = await response.json().catch(() => ({})) as { readonly error?: { readonly code?: string; readonly message?: string } };
  if (response.ok) return answer as T;
  const code = answer.error?.code ?? 'Failed';
  if (code === 'NotSignedIn') onSignedOut();
  throw new Failed(response.status, code, answer.error?.message ?? '', answer);
}

const of = (conversationId: string, more = '') => `/conversation/${encodeURIComponent(conversationId)}${more}`;

/** What an agent does in a conversation; the id makes sending it again harmless. */
export type Act =
  | { readonly act: 'take'; readonly confirm?: boolean }
  | { readonly act: 'say'; readonly text: string; readonly files?: readonly string[]; readonly reason?: string }
  | { readonly act: 'note'; readonly text: string }
  | { readonly act: 'hand-back' }
  | { readonly act: 'close' };

/** The desk's server. */
export const api = {
  me: () => call<{ readonly agent: Person }>('GET', '/me'),
  signIn: (email: string, password: string) => call<{ readonly agent: Person }>('POST', '/sign-in', { email, password }),
  signOut: () => call('POST', '/sign-out', {}),
  lookAtInvite: (token: string) => call<{ readonly email: string | null; readonly role: Person['role'] }>('POST', '/invites/look', { token }),
  join: (given: { readonly token: string; readonly name: string; readonly password: string; readonly email?: string }) => call<{ readonly email: string }>('POST', '/join', given),
  list: (which: 'queue' | 'conversations') => call<{ readonly rows: readonly Row[]; readonly now: string }>('GET', `/${which}`),
  talk: (conversationId: string) => call<Talk>('GET', of(conversationId)),
  olderLines: (conversationId: string, before: number) => call<{ readonly lines: readonly TalkLine[] }>('GET', of(conversationId, `/lines?before=${before}`)),
  act: (conversationId: string, id: string, act: Act) => call<{ readonly outcome: string }>('POST', of(conversationId, '/acts'), { id, ...act }),
  settle: (ticket: string, text: string) => call<{ readonly outcome: string }>('POST', `/tickets/${encodeURIComponent(ticket)}/outcome`, { text }),
  upload: (conversationId: string, file: File) => call<Uploaded>('POST', of(conversationId, '/files'), file, { 'x-file-name': encodeURIComponent(file.name) }),
  fileUrl: (fileId: string) => `/desk/api/files/${encodeURIComponent(fileId)}`,
  insights: (query: string) => call<InsightsAnswer>('GET', `/insights?${query}`),
  people: () => call<{ readonly agents: readonly Person[] }>('GET', '/agents'),
  invite: (email: string, role: Person['role'], locale: string) => call<{ readonly link: string; readonly isMailed: boolean }>('POST', '/invites', { email, role, locale }),
  setDisabled: (id: string, isDisabled: boolean) => call('POST', `/agents/${encodeURIComponent(id)}/${isDisabled ? 'disable' : 'enable'}`, {}),
};

/** A new id for an act. */
export const newActId = (): string => Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
