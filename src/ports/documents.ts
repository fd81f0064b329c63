import type { DocumentRequest } from '../domain/message.js';

/** Makes documents. The same request and locale must give the same bytes. */
export interface Documents {
  make(request: DocumentRequest, locale: string): Promise<{ readonly name: string; readonly type: string; readonly bytes: Uint8Array }>;
}
