import { request, RequestFailed } from './direct-line.js';

/** What is kept of a conversation on this device. */
export interface Stored {
  readonly token: string;
  readonly conversationId: string;
  /** The signed-in customer it was last used as. */
  readonly customer?: string | undefined;
}

/** The right to take part in one conversation, renewed as needed and remembered between pages. */
export interface Session {
  /** The conversation of an earlier visit, if this page may go on with it. */
  hasEarlier(): Promise<boolean>;
  /** Gets into the conversation and answers where its stream is. */
  open(watermark: string): Promise<string>;
  /** Does something with a good token, renewing it once when it turns out not to be. */
  use<T>(act: (token: string, base: string) => Promise<T>): Promise<T>;
  refresh(): Promise<void>;
  /** Signs in with a JWT, or out with null, which forgets the conversation; the next `open` acts on it. */
  identify(identity: string | null): void;
  /** Asks for a new token although this one looks good. */
  distrust(): void;
  readonly maxUploadBytes: number;
  readonly userId: string;
}

interface TokenAnswer {
  readonly token: string;
  readonly conversationId: string;
  readonly streamUrl?: string;
  readonly maxUploadBytes?: number;
}

type IdentitySource = () => string | null | undefined | Promise<string | null | undefined>;

function claims(jwt: string): Readonly<Record<string, unknown>> {
  try {
    const bytes = Uint8Array.from(atob((jwt.split('.')[1] ?? '').replace(/-/g, '+').replace(/_/g, '/')), (letter) => letter.charCodeAt(0));
    return JSON.parse(new TextDecoder().decode(bytes)) as Record<string, unknown>;
  } catch {
    return {}; // not ours to judge; the server will refuse it
  }
}

const textClaim = (jwt: string, name: string) => {
  const claim = claims(jwt)[name];
  return typeof claim === 'string' ? claim : undefined;
};

/** The session of one server; `onChanged` is told when the conversation is another one than before. */
export function createSession(parts: { readonly server: string; readonly storage: Storage | undefined; readonly identity: string | undefined; readonly locale: string; readonly onChanged: () => void }): Session {
  const { server, storage } = parts;
  const key = `aftercare:${server}`;
  const directLine = `${server}/v3/directline`;
  let current: Stored | undefined;
  let isDistrusted = false;
  let generation = 0;
  let maxUploadBytes = 10 * 1024 * 1024;
  let given: string | null | undefined = parts.identity;
  let isGivenByCall = false;
  let renewing: Promise<void> | undefined;

  function stored(): Stored | undefined {
    try {
      const value = JSON.parse(storage?.getItem(key) ?? 'null') as Partial<Stored> | null;
      return typeof value?.token === 'string' && typeof value.conversationId === 'string' ? (value as Stored) : undefined;
    } catch {
      return undefined; // somebody else's data, or storage is barred
    }
  }

  function keep(next: Stored): void {
    const isOther = current !== undefined && current.conversationId !== next.conversationId;
    current = next;
    try {
      storage?.setItem(key, JSON.stringify(next));
    } catch {
      // Storage is full or barred: the conversation lives as long as the page.
    }
    if (isOther) parts.onChanged();
  }

  async function identity(): Promise<string | undefined> {
    if (isGivenByCall && (given === null || Number(claims(given ?? '')['exp'] ?? Infinity) * 1000 > Date.now())) return given ?? undefined;
    const source = (window as { AftercareIdentity?: unknown }).AftercareIdentity;
    if (typeof source !== 'function') return given ?? undefined;
    try {
      return (await (source as IdentitySource)()) ?? undefined;
    } catch (error) {
      console.warn('[aftercare] AftercareIdentity failed; going on without it.', error);
      return undefined;
    }
  }

  const proven = async () => {
    const proof = await identity();
    return { proof, customer: proof === undefined ? undefined : textClaim(proof, 'sub') };
  };

  /** An earlier conversation of a signed-in customer is not shown to whoever uses the device next. */
  const mayGoOn = (earlier: Stored | undefined, customer: string | undefined) => (earlier?.customer === undefined || earlier.customer === customer ? earlier : undefined);

  async function ask(proof: string | undefined, earlier: string | undefined): Promise<TokenAnswer> {
    try {
      return await request<TokenAnswer>('POST', `${server}/api/widget/token`, { body: { ...(proof === undefined ? {} : { identity: proof }), ...(earlier === undefined ? {} : { conversation: earlier }) } });
    } catch (error) {
      if (!(error instanceof RequestFailed) || error.mayHelpAgain || error.status === 413) throw error;
      if (proof !== undefined && error.code.startsWith('Identity')) {
        console.warn(`[aftercare] The identity was refused: ${error.message}`);
        return ask(undefined, earlier);
      }
      if (earlier !== undefined) return ask(proof, undefined);
      throw error;
    }
  }

  function renew(): Promise<void> {
    renewing ??= (async () => {
      const { proof, customer } = await proven();
      const earlier = mayGoOn(current ?? stored(), customer ?? current?.customer);
      const asked = generation;
      const answer = await ask(proof, earlier?.token);
      // Signed in or out meanwhile: this answer speaks for somebody else.
      if (asked !== generation) throw new RequestFailed(0, 'Superseded', 'The identity changed meanwhile.');
      if (typeof answer.maxUploadBytes === 'number') maxUploadBytes = answer.maxUploadBytes;
      isDistrusted = false;
      keep({ token: answer.token, conversationId: answer.conversationId, customer: customer ?? (answer.conversationId === earlier?.conversationId ? earlier.customer : undefined) });
    })().finally(() => {
      renewing = undefined;
    });
    return renewing;
  }

  async function use<T>(act: (token: string, base: string) => Promise<T>): Promise<T> {
    const run = () => {
      if (current === undefined) throw new RequestFailed(401, 'NoToken', 'There is no conversation yet.');
      return act(current.token, `${directLine}/conversations/${encodeURIComponent(current.conversationId)}`);
    };
    if (current === undefined || isDistrusted) await renew();
    try {
      return await run();
    } catch (error) {
      if (!(error instanceof RequestFailed) || !error.isAuth) throw error;
      await renew();
      return run();
    }
  }

  // Another tab of this site got a newer token, began anew, or signed out.
  window.addEventListener('storage', (event) => {
    if (event.key !== key || current === undefined) return;
    const theirs = stored();
    const before = current.conversationId;
    current = theirs;
    if (theirs?.conversationId !== before) parts.onChanged();
  });

  return {
    get maxUploadBytes() {
      return maxUploadBytes;
    },
    get userId() {
      return textClaim(current?.token ?? '', 'user') ?? '';
    },
    async hasEarlier() {
      const earlier = stored();
      return earlier !== undefined && mayGoOn(earlier, (await proven()).customer) !== undefined;
    },
    async open(watermark) {
      if (current === undefined) {
        const { proof, customer } = await proven();
        const earlier = mayGoOn(stored(), customer);
        if (earlier !== undefined) current = earlier;
        // A proof has to reach the server once; with none, the earlier token serves as it is.
        if (earlier === undefined || proof !== undefined) await renew();
      }
      // Nothing seen yet: the conversation begins now, or (answered just the same) is shown from its beginning.
      const answer = await use((token, base) =>
        watermark === '' ? request<TokenAnswer>('POST', `${directLine}/conversations`, { token, body: { locale: parts.locale } }) : request<TokenAnswer>('GET', `${base}?watermark=${encodeURIComponent(watermark)}`, { token }));
      if (current !== undefined) keep({ ...current, token: answer.token, conversationId: answer.conversationId });
      return answer.streamUrl ?? '';
    },
    use,
    async refresh() {
      const answer = await use((token) => request<TokenAnswer>('POST', `${directLine}/tokens/refresh`, { token }));
      if (current !== undefined) keep({ ...current, token: answer.token });
    },
    identify(next) {
      isGivenByCall = true;
      generation += 1;
      given = next;
      isDistrusted = current !== undefined;
      if (next !== null) return;
      current = undefined;
      isDistrusted = false;
      try {
        storage?.removeItem(key);
      } catch {
        // Storage is barred, so nothing was kept.
      }
    },
    distrust() {
      isDistrusted = true;
    },
  };
}
