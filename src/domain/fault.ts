/** Every fault there is, with a stable code; a code is never reused for another meaning. */
export type FaultCode =
  | 'shop.unreachable' | 'shop.key_reused' | 'store.unreachable' | 'store.corrupt' | 'state.newer' | 'texts.unknown_key' | 'documents.failed'
  | 'model.unreadable' | 'training.failed' | 'intents.invalid' | 'locales.invalid' | 'policy.invalid' | 'knowledge.invalid' | 'config.invalid' | 'import.invalid'
  | 'channel.unreachable' | 'dialogue.broken' | 'desk.invalid' | 'input.invalid';

/** Something broke (unlike a refusal, which is an expected "no" and a value). Thrown, and caught once at the edge. */
export class Fault extends Error {
  readonly code: FaultCode;
  /** Whether trying the same again may help. */
  readonly mayHelpAgain: boolean;

  constructor(code: FaultCode, message: string, options: { readonly cause?: unknown; readonly again?: boolean } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'Fault';
    this.code = code;
    this.mayHelpAgain = options.again ?? false;
  }
}
