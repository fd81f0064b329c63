/** An article as the bot tells it: keys of sentences, the same keys in every language. All take the shop's facts as values. */
export interface Article {
  readonly id: string;
  readonly title: string;
  /** What stands before the steps, and what behind them. */
  readonly intro: readonly string[];
  readonly steps: readonly string[];
  readonly outro: readonly string[];
  /** Intents it answers. */
  readonly intents: readonly string[];
  /** Intents beside which it answers where the words are nearly its own question, instead of their flow. */
  readonly besides: readonly string[];
  /** Pages of the shop's own site it links to, by their names in the policy. */
  readonly pages: readonly string[];
  /** Intents to offer as buttons under it. */
  readonly offers: readonly string[];
  /** Whether its steps are gone through one at a time unless all are asked for. */
  readonly walked: boolean;
  /** A drawing of it, by the name of its file. */
  readonly picture?: string;
}

/** What a search came to: the article that clearly answers, or those that may. */
export interface KnowledgeFound {
  readonly best?: string;
  readonly near: readonly string[];
  /** How alike the question and the best article's nearest question are, 0 to 1. */
  readonly score: number;
}

/** The shop's articles: how things are done on its site, and what is asked that no flow answers. */
export interface Knowledge {
  readonly articles: readonly Article[];
  find(id: string): Article | undefined;
  /** Deterministic; looks among articles of `among` where it is given. */
  search(text: string, locale: string, among?: readonly string[]): KnowledgeFound;
  /** The bytes of an article's drawing. */
  picture(name: string): Uint8Array | null;
}
