/** A request the server refused (`status` 400 and up) or that never arrived (`status` 0). */
export class RequestFailed extends Error {
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }

  /** The token is no longer good for this. */
  get isAuth(): boolean {
    return this.status === 401 || this.status === 403;
  }

  /** The same request may work later. */
  get mayHelpAgain(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 500 || this.code === 'TooManyMessages';
  }
}

const TIMEOUT_MS = 20_000;
const UPLOAD_TIMEOUT_MS = 180_000;

function failed(status: number, body: unknown): RequestFailed {
  const error = (body as { error?: { code?: unknown; message?: unknown } } | null)?.error;
  return new RequestFailed(status, String(error?.code ?? ''), String(error?.message ?? `HTTP ${status}`));
}

/** Sends JSON and reads JSON; throws `RequestFailed`. */
export async function request<T>(method: 'GET' | 'POST', url: string, options: { readonly token?: string; readonly body?: unknown } = {}): Promise<T> {
  const ending = new AbortController();
  const timer = setTimeout(() => ending.abort(), TIMEOUT_MS);
  try {
    const response = await fetch(url, {
      method,
      credentials: 'omit',
      cache: 'no-store',
      signal: ending.signal,
      headers: {
        ...(options.token === undefined ? {} : { authorization: `Bearer ${options.token}` }),
        ...(options.body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(options.body === undefined ? {} : { body: JSON.stringify(options.body) }),
    });
    const body: unknown = await response.json().catch(() => null);
    if (!response.ok) throw failed(response.status, body);
    return body as T;
  } catch (error) {
    throw error instanceof RequestFailed ? error : new RequestFailed(0, 'Unreachable', String(error));
  } finally {
    clearTimeout(timer);
  }
}

/** Posts an activity with its files; `fetch` cannot tell how far an upload is. */
export function upload(url: string, options: { readonly token: string; readonly activity: unknown; readonly files: readonly File[]; readonly onProgress: (share: number) => void }): Promise<{ readonly id: string }> {
  const form = new FormData();
  form.append('activity', new Blob([JSON.stringify(options.activity)], { type: 'application/vnd.microsoft.activity' }), 'blob');
  for (const file of options.files) form.append('file', file, file.name);
  return new Promise((resolve, reject) => {
    const call = new XMLHttpRequest();
    call.open('POST', url);
    call.responseType = 'json';
    call.timeout = UPLOAD_TIMEOUT_MS;
    call.setRequestHeader('authorization', `Bearer ${options.token}`);
    call.upload.onprogress = ({ loaded, total }) => options.onProgress(total > 0 ? loaded / total : 0);
    call.onload = () => (call.status < 300 ? resolve(call.response as { id: string }) : reject(failed(call.status, call.response)));
    call.onerror = call.ontimeout = () => reject(new RequestFailed(0, 'Unreachable', 'The upload broke off.'));
    call.send(form);
  });
}
