import { Fault } from '../domain/fault.js';

/** What an error says to the outside: a status, a stable code and a sentence that gives nothing away. */
export interface ErrorAnswer {
  readonly status: number;
  readonly code: string;
  readonly message: string;
}

const byStatus: Readonly<Record<number, readonly [code: string, message: string]>> = {
  400: ['BadRequest', 'The request is malformed.'],
  404: ['NotFound', 'There is nothing at this address.'],
  408: ['RequestTimeout', 'The request took too long to arrive.'],
  413: ['PayloadTooLarge', 'The request is larger than this address accepts.'],
  414: ['UriTooLong', 'The address is too long.'],
  415: ['UnsupportedMediaType', 'Send this as application/json.'],
  431: ['HeadersTooLarge', 'The headers of the request are too large.'],
  503: ['ServiceUnavailable', 'The service cannot do this right now; try again.'],
};

const byFrameworkCode: Readonly<Record<string, readonly [code: string, message: string]>> = {
  FST_ERR_CTP_INVALID_JSON_BODY: ['MalformedJson', 'The body is not valid JSON.'],
  FST_ERR_CTP_EMPTY_JSON_BODY: ['MalformedJson', 'The body is empty; JSON was announced.'],
  FST_ERR_BAD_URL: ['BadRequest', 'The address is malformed.'],
};

/** The answer that goes with a status when nothing more is known. */
export function answerForStatus(status: number): ErrorAnswer {
  const [code, message] = byStatus[status] ?? (status >= 500 ? ['ServiceError', 'Something went wrong on our side.'] : ['BadRequest', 'The request was refused.']);
  return { status, code, message };
}

/** Turns whatever was thrown into what may be told; only errors that carry a 4xx status and a code of their own are quoted. */
export function answerForError(error: unknown): ErrorAnswer {
  if (error instanceof Fault) {
    if (error.code === 'input.invalid' || error.code === 'desk.invalid') return { status: 400, code: 'BadArgument', message: error.message };
    return answerForStatus(error.mayHelpAgain ? 503 : 500);
  }
  const { statusCode, code, message } = (error ?? {}) as { statusCode?: unknown; code?: unknown; message?: unknown };
  const status = typeof statusCode === 'number' && statusCode >= 400 && statusCode < 600 ? statusCode : 500;
  if (typeof code !== 'string' || typeof message !== 'string' || status >= 500) return answerForStatus(status);
  const known = byFrameworkCode[code];
  if (known !== undefined) return { status, code: known[0], message: known[1] };
  if (code.startsWith('FST_') || code.startsWith('ERR_')) return answerForStatus(status);
  return { status, code, message };
}
