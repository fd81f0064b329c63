import type { AgentAct, IncomingFile } from '../domain/message.js';
import type { Receipt } from '../domain/receipt.js';

/** What an agent answered to one question of a form: words, a button, files. */
export interface FormAnswer {
  readonly text?: string;
  readonly choice?: string;
  readonly files?: readonly IncomingFile[];
}

/** How far a form has got. */
export interface FormStep {
  /**
   * `ask`: the next question. `plan`: all is known, and this would happen. `told`: it ended without a plan, with a refusal or because nothing
   * would change. `unproven`: it is not proven who the customer is, as this needs.
   */
  readonly kind: 'ask' | 'plan' | 'told' | 'unproven';
  readonly flow: string;
  /** The flow by its name, and everything that was said last, in the agent's language. */
  readonly title: string;
  readonly text: string;
  readonly choices: readonly { readonly id: string; readonly label: string }[];
  /** The rules behind the plan, or behind the no. */
  readonly receipts: readonly Receipt[];
  /** Names exactly this plan: only a yes to it carries it out. */
  readonly plan?: string;
}

/** What the bot would have answered to what the customer said last. */
export interface Suggested {
  /** `reply`: may be sent as it is. `form`: something to be done; the form goes on from the customer's words. */
  readonly kind: 'reply' | 'form';
  readonly flow: string;
  readonly title: string;
  /** In the customer's language, and in the agent's. */
  readonly text: string;
  readonly own: string;
  /** The days it tells (`YYYY-MM-DD`): they come from the shop and the rules, and may be repeated. */
  readonly days: readonly string[];
  readonly receipts: readonly Receipt[];
}

/** Where a form begins: at a flow, or at what the customer said last. */
export type FormStart = { readonly flow: string } | { readonly said: FormAnswer };

/** A form as far as it is filled in. */
export interface FilledForm {
  readonly start: FormStart;
  readonly answers: readonly FormAnswer[];
  readonly locale: string;
  /** When it was begun: windows and days are counted from then on, so that a plan stays the same while it is read. */
  readonly at: string;
}

/** What the bot can do, for people: its own flows asked by question and answer, and what it would say. Reads only. */
export interface Workbench {
  /** Everything that can be done for a customer, by name in this language. */
  forms(locale: string): readonly { readonly flow: string; readonly title: string }[];
  /** An intent by its name in this language. */
  intentName(intent: string, locale: string): string;
  /** A flow by what can be got done with it, in this language. */
  flowName(flow: string, locale: string): string;
  /** Asks the flow's questions in the agent's language, with the same answers always alike; null where there is no such conversation or flow. */
  form(conversationId: string, filled: FilledForm): Promise<FormStep | null>;
  /** The plan a form has come to, for the agent's act; null where it is not that plan any more. */
  planned(conversationId: string, filled: FilledForm, plan: string): Promise<AgentAct['does'] | null>;
  suggest(conversationId: string, said: FormAnswer, locale: string): Promise<Suggested | null>;
}
