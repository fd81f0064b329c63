import { remembering } from '../../domain/remember.js';
import type { MessageGuard } from '../../ports/message-guard.js';
import { blanked } from './masks.js';

/** Sentences of the bot whose findings are kept. */
const MOST = 2_000;

/**
 * The same guard, which reads a sentence of the bot once: with the values of tools blanked out, the same few hundred come again and
 * again. What people write is read each time.
 */
export function rememberingGuard(guard: MessageGuard): MessageGuard {
  const ofSentence = remembering(MOST, (_: string, text: string, locale: string) => guard.read(text, { locale, values: [] }));
  return {
    read(message, context) {
      const { locale, values, facts = [] } = context;
      if (values === undefined || facts.length > 0) return guard.read(message, context);
      const text = blanked(message, values);
      return ofSentence(`${locale} ${text}`, text, locale);
    },
  };
}
