import type { Choice } from '../domain/message.js';
import type { Book } from './book.js';
import type { Flow } from './flow.js';
import { articleFlow } from './known.js';

/** A button that starts an intent. */
export const intentChoice = (intent: string): Choice => ({ id: `i:${intent}`, label: { text: { key: `intent.${intent}` } } });
/** The button that brings a person. */
export const personChoice: Choice = { id: 'h', label: { text: { key: 'choice.person' } } };
/** The button of somebody who has no order number at hand. */
export const codeChoice: Choice = { id: 'c', label: { text: { key: 'choice.no-number' } } };
/** The button back to the menu. */
export const menuChoice: Choice = { id: 'm', label: { text: { key: 'choice.menu' } } };
/** A button that starts a flow no intent names by itself. */
export const flowChoice = ({ id }: Pick<Flow, 'id'>): Choice => ({ id: `f:${id}`, label: { text: { key: `flow.${id}` } } });
/** A button for a flow that is asked for by words of its own. */
export const spokenChoice = ({ id: intent }: Pick<Flow, 'id'>): Choice => ({ id: `f:${intent}`, label: { text: { key: `intent.${intent}` } } });
/** A button that tells an article. */
export const articleChoice = ({ id, title }: { readonly id: string; readonly title: string }): Choice => ({ id: `f:${articleFlow}:${id}`, label: { text: { key: title } } });

/** The parts of the menu, in order. */
const groups = ['orders', 'delivery', 'returns', 'promotions', 'account', 'people'] as const;

/** A button for each part of the menu that holds anything here. */
export const groupChoices = (book: Pick<Book, 'intents'>): Choice[] =>
  groups.filter((name) => Object.values(book.intents).some((one) => one.group === name && one.flow !== null)).map((name) => ({ id: `g:${name}`, label: { text: { key: `group.${name}` } } }));
