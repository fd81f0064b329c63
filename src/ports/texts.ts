import type { Text, Value } from '../domain/message.js';

/** Turns keys and values into sentences. Deterministic; an unknown key throws a Fault, an unknown locale falls back to English. */
export interface Texts {
  readonly locales: readonly string[];
  say(text: Text, locale: string): string;
  value(value: Value, locale: string): string;
  has(key: string): boolean;
}
