import type { Order, OrderLine } from '../../domain/order.js';
import type { Product } from '../../domain/product.js';
import type { Entity } from '../../domain/understanding.js';

/** A line the customer may mean, with how many pieces of it are there to be meant. */
export interface Candidate {
  readonly order: Order;
  readonly line: OrderLine;
  readonly free: number;
  readonly product: Product;
}

/** Some pieces of a line, and what was said of them. */
export type Picked = { readonly order: string; readonly line: string; readonly quantity: number; readonly said?: SaidPart; /** Nobody named it: what was talked about, or all there is. */ readonly guessed?: true };
/** A part of a message in the shape that is kept between turns. */
export type SaidPart = { readonly text: string; readonly entities: readonly Entity[] };

/** What is known so far of the pieces meant. */
export interface Selection {
  readonly picks: readonly Picked[];
  /** Orders named before any piece was. */
  readonly orders: readonly string[];
  /** Words that fit several lines: the customer is asked which. */
  readonly open?: { readonly among: readonly { readonly order: string; readonly line: string }[]; readonly said: SaidPart } | undefined;
  /** What was said before anything was named that it could belong to. */
  readonly loose?: SaidPart | undefined;
}

/** Nothing known yet. */
export const noSelection: Selection = { picks: [], orders: [] };
