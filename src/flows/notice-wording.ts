import { z } from 'zod';
import type { Choice, Reply, Value } from '../domain/message.js';

/** The button with which a customer says that they do not want to be written to unasked. */
export const noticesOffChoice: Choice = { id: 'f:notices-off', label: { text: { key: 'intent.notices-off' } } };
/** The button with which they say that they do. */
export const noticesOnChoice: Choice = { id: 'f:notices-on', label: { text: { key: 'intent.notices-on' } } };
/** The button that brings a person. */
export const personChoice: Choice = { id: 'h', label: { text: { key: 'choice.person' } } };

/** A button that takes an intent up under words of its own. */
export const leadsTo = (intent: string, key = `intent.${intent}`): Choice => ({ id: `i:${intent}`, label: { text: { key } } });

/** Something told unasked: its next steps as buttons, the last of them to hear no more of the kind. */
export const notice = (reply: Reply, ...choices: readonly Choice[]): Reply => ({ ...reply, choices: [...choices, noticesOffChoice] });

/** A value, or nothing, with the word by which a sentence leaves it out. */
export const ifAny = (name: string, value: Value | undefined): Record<string, Value> => ({ [name]: value ?? '', [`has${name[0]?.toUpperCase() ?? ''}${name.slice(1)}`]: value === undefined ? 'no' : 'yes' });

/** What every timer of a customer's order puts down. */
export const ofOrder = { customerId: z.string(), order: z.string() };
