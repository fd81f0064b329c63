import type { z } from 'zod';
import type { WriteRefusal } from '../../ports/shop.js';
import { refuse } from './pieces.js';

/** Why something cannot be stored, or null: what does not fit the shop's format could not be read again. */
export function storeProblem<T>(schema: z.ZodType<T>, value: T): WriteRefusal | null {
  const issue = schema.safeParse(value).error?.issues[0];
  return issue === undefined ? null : refuse(`${issue.path.join('.')}: ${issue.message}`);
}
