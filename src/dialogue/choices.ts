import type { Choice } from '../domain/message.js';

/** A button that starts an intent. */
export const intentChoice = (intent: string): Choice => ({ id: `i:${intent}`, label: { text: { key: `intent.${intent}` } } });
/** The button that brings a person. */
export const personChoice: Choice = { id: 'h', label: { text: { key: 'choice.person' } } };
