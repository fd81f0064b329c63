import type { Teachable, ToTeach, Training } from './training-answers.js';
import type { Mention, SavedReply } from '../../ports/desk-records.js';
import type { FormStep, Suggested } from '../../ports/workbench.js';
import type { InsightsAnswer } from './insights-data.js';
import type { ApprovalCard, Colleague, Found, Person, PresenceAnswer, Row, Talk, TalkLine, Uploaded } from './answers.js';

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

/** A form as far as it is filled in; without a flow it goes on from what the customer said last. */
export interface Form {
  readonly flow?: string;
  readonly locale: string;
  /** When it was begun, as the server said. */
  readonly at?: string;
  readonly answers: readonly { readonly text?: string; readonly choice?: string; readonly files?: readonly string[] }[];
}

/** What a saved reply comes to in one conversation. */
export interface Filled {
  readonly locale: string;
  readonly text: string | null;
  readonly missing: readonly string[];
  readonly isOtherLanguage: boolean;
}

/** What an agent does in a conversation; the id makes sending it again harmless. */
export type Act =
  | { readonly act: 'take'; readonly confirm?: boolean }
  | { readonly act: 'say'; readonly text: string; readonly files?: readonly string[]; readonly reason?: string; readonly hold?: boolean; readonly reply?: string }
  | ({ readonly act: 'do'; readonly plan: string } & Form)
  | { readonly act: 'note'; readonly text: string }
  | { readonly act: 'hand-back' }
  | { readonly act: 'pass'; readonly to: string }
  | { readonly act: 'close' };

/** The desk's server. */
export const api = {
  me: () => call<{ readonly agent: Person }>('GET', '/me'),
  signIn: (email: string, password: string) => call<{ readonly agent: Person }>('POST', '/sign-in', { email, password }),
  signOut: () => call('POST', '/sign-out', {}),
  lookAtInvite: (token: string) => call<{ readonly email: string | null; readonly role: Person['role'] }>('POST', '/invites/look', { token }),
  join: (given: { readonly token: string; readonly name: string; readonly password: string; readonly email?: string }) => call<{ readonly email: string }>('POST', '/join', given),
  list: (which: 'queue' | 'conversations') => call<{ readonly rows: readonly Row[]; readonly now: string }>('GET', `/${which}`),
  talk: (conversationId: string, locale: string) => call<Talk>('GET', of(conversationId, `?locale=${locale}`)),
  olderLines: (conversationId: string, before: number, locale: string) => call<{ readonly lines: readonly TalkLine[] }>('GET', of(conversationId, `/lines?before=${before}&locale=${locale}`)),
  act: (conversationId: string, id: string, act: Act) => call<{ readonly outcome: string; readonly until?: string }>('POST', of(conversationId, '/acts'), { id, ...act }),
  settle: (ticket: string, text: string) => call<{ readonly outcome: string }>('POST', `/tickets/${encodeURIComponent(ticket)}/outcome`, { text }),
  upload: (conversationId: string, file: File) => call<Uploaded>('POST', of(conversationId, '/files'), file, { 'x-file-name': encodeURIComponent(file.name) }),
  fileUrl: (fileId: string) => `/desk/api/files/${encodeURIComponent(fileId)}`,
  training: (locale: string) => call<Training>('GET', `/training?locale=${locale}`),
  teachable: (locale: string) => call<{ readonly intents: readonly Teachable[] }>('GET', `/training/intents?locale=${locale}`),
  teach: (sentences: readonly ToTeach[], intent: string | null, locale?: string) => call('POST', '/training/teach', { sentences, intent, ...(locale === undefined ? {} : { locale }) }),
  unteach: (ids: readonly string[]) => call('POST', '/training/unteach', { ids }),
  learn: () => call('POST', '/training/learn', {}),
  rollBack: () => call('POST', '/training/roll-back', {}),
  correct: (conversationId: string, messageId: string, intent: string) => call('POST', of(conversationId, '/corrections'), { messageId, intent }),
  diffUrl: '/desk/api/training/diff',
  cardUrl: (id: string, as: 'md' | 'json') => `/desk/api/training/cards/${encodeURIComponent(id)}/${as}`,
  forms: (locale: string) => call<{ readonly forms: readonly { readonly flow: string; readonly title: string }[] }>('GET', `/forms?locale=${locale}`),
  form: (conversationId: string, form: Form) => call<{ readonly step: FormStep; readonly at: string }>('POST', of(conversationId, '/form'), form),
  suggestion: (conversationId: string, locale: string) => call<{ readonly suggestion: Suggested | null; readonly seq: number }>('GET', of(conversationId, `/suggestion?locale=${locale}`)),
  undo: (conversationId: string, id: string) => call('POST', of(conversationId, '/undo'), { id }),
  signal: (conversationId: string, sign: { readonly typing?: boolean; readonly seen?: number }) => call('POST', of(conversationId, '/signal'), sign),
  label: (conversationId: string, label: string, isOn: boolean) => call<{ readonly labels: readonly string[] }>('POST', of(conversationId, isOn ? '/labels' : '/labels/remove'), { label }),
  labels: () => call<{ readonly labels: readonly { readonly label: string; readonly count: number }[] }>('GET', '/labels'),
  labelled: (label: string) => call<{ readonly rows: readonly Row[]; readonly now: string }>('GET', `/labelled?label=${encodeURIComponent(label)}`),
  mentions: () => call<{ readonly mentions: readonly Mention[]; readonly unseen: number }>('GET', '/mentions'),
  colleagues: () => call<{ readonly names: readonly string[] }>('GET', '/colleagues'),
  search: (words: string) => call<Found>('GET', `/search?q=${encodeURIComponent(words)}`),
  transcriptUrl: (conversationId: string, locale: string, as: 'text' | 'json') => `/desk/api${of(conversationId, `/transcript?locale=${locale}&as=${as}`)}`,
  replies: (language: string) => call<{ readonly replies: readonly SavedReply[]; readonly variables: readonly string[] }>('GET', `/replies?locale=${encodeURIComponent(language)}`),
  saveReply: (reply: Pick<SavedReply, 'id' | 'title' | 'texts' | 'inputs' | 'after'>) => call('POST', '/replies', reply),
  removeReply: (id: string) => call('POST', `/replies/${encodeURIComponent(id)}/remove`, {}),
  fillReply: (conversationId: string, reply: string, given: { readonly inputs: Readonly<Record<string, string>>; readonly order?: string }) => call<Filled>('POST', of(conversationId, `/replies/${encodeURIComponent(reply)}`), given),
  decideReturn: (number: string, id: string, decision: object) => call<{ readonly state: string }>('POST', `/return/${encodeURIComponent(number)}/decision`, { id, decision }),
  uploadPacking: (order: string, file: File) => call<Uploaded>('POST', `/order/${encodeURIComponent(order)}/files`, file, { 'x-file-name': encodeURIComponent(file.name) }),
  notePacking: (order: string, id: string, record: object) => call('POST', `/order/${encodeURIComponent(order)}/packing`, { id, ...record }),
  actInCase: (number: string, id: string, act: object) => call('POST', `/case/${encodeURIComponent(number)}/acts`, { id, ...act }),
  insights: (query: string) => call<InsightsAnswer>('GET', `/insights?${query}`),
  people: () => call<{ readonly agents: readonly Colleague[]; readonly departments: readonly string[] }>('GET', '/agents'),
  setPerson: (id: string, given: { readonly role: Person['role']; readonly languages: readonly string[]; readonly departments: readonly string[]; readonly capacity: number | null }) => call('POST', `/agents/${encodeURIComponent(id)}`, given),
  presence: () => call<PresenceAnswer>('GET', '/presence'),
  setPresence: (wish: PresenceAnswer['wish']) => call('POST', '/presence', { wish }),
  approvals: () => call<{ readonly rows: readonly ApprovalCard[]; readonly now: string }>('GET', '/approvals'),
  askApproval: (id: string, note: string, request: object) => call<{ readonly id: string }>('POST', '/approvals', { id, note, request }),
  decide: (id: string, approve: boolean, note: string) => call('POST', `/approvals/${encodeURIComponent(id)}/decision`, { approve, note }),
  offer: (number: string, id: string, amount: number) => call('POST', `/case/${encodeURIComponent(number)}/acts`, { act: 'offer', id, amount }),
  invite: (email: string, role: Person['role'], locale: string) => call<{ readonly link: string; readonly isMailed: boolean }>('POST', '/invites', { email, role, locale }),
  setDisabled: (id: string, isDisabled: boolean) => call('POST', `/agents/${encodeURIComponent(id)}/${isDisabled ? 'disable' : 'enable'}`, {}),
};

/** A new id for an act. */
export const newActId = (): string => Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
