import type { Entity } from '../domain/understanding.js';
import { LANGUAGES } from './languages/index.js';

const TALKS = Object.values(LANGUAGES).map(({ talk }) => talk);
const NOTHING = new RegExp(TALKS.map(({ nothing }) => nothing).join('|'), 'iu');
const LEAVES = new RegExp(TALKS.flatMap(({ leaves }) => leaves ?? []).join('|'), 'iu');
const LACKS = new RegExp(TALKS.map(({ lacks }) => lacks).join('|'), 'iu');
const PICTURES = new RegExp(TALKS.map(({ pictures }) => pictures).join('|'), 'iu');
const KEEPS = new RegExp(`^[^\\p{L}]*(?:${TALKS.map(({ keeps }) => keeps).join('|')})`, 'iu');

const THINGS = new RegExp(`^[^\\p{L}]*(?:${TALKS.map(({ things }) => things).join('|')})[^\\p{L}\\p{N}]*$`, 'iu');

/** Whether a text names an order or a parcel as such, and says nothing of it: "the order". */
export const namesMerely = (text: string): boolean => THINGS.test(text);

/** Whether words say that nothing is to be done: "cancel nothing". */
export const saysNothing = (text: string): boolean => NOTHING.test(text);

/** Whether words say that something is to be left as it is. */
export const saysToLeave = (text: string): boolean => LEAVES.test(text);

const KEPT = new RegExp(`(?:^|[^\\p{L}]|\\p{Script=Han})(?:${TALKS.map(({ keeps }) => keeps).join('|')})`, 'iu');

/** Whether words that decline say that a thing is kept: "no, I'll keep it". */
export const saysToKeep = (text: string): boolean => KEPT.test(text);

/** Whether words say that something asked for is not at hand ("I can't find it"). */
export const saysToLack = (text: string): boolean => LACKS.test(text);

/** Whether words announce pictures, or say that there are some. */
export const saysToShow = (text: string): boolean => PICTURES.test(text);

/** Values read, where those that deny by keeping a thing are known as such: "I keep the lamp". */
export const withKept = (entities: readonly Entity[]): readonly Entity[] => entities.map((entity) => (entity.kind === 'marker' && entity.value === 'not' && KEEPS.test(entity.raw) ? { ...entity, keeps: true } : entity));
