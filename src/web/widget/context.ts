import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Conversation } from './conversation.js';
import type { Texts } from './texts.js';

/** What every part of the widget may need. */
export interface Surroundings {
  readonly texts: Texts;
  readonly conversation: Conversation;
  /** The server's origin: pictures are shown from nowhere else. */
  readonly origin: string;
}

const Context = createContext<Surroundings | undefined>(undefined);

/** Gives the surroundings to everything inside. */
export const Provider = Context.Provider;

/** The surroundings of this part. */
export function useSurroundings(): Surroundings {
  const surroundings = useContext(Context);
  if (surroundings === undefined) throw new Error('A part of the widget was drawn outside of it.');
  return surroundings;
}
