import type { Deadline } from '../../dialogue/deadline.js';
import { returnLife } from './return-life.js';

/** Everything that happens by itself when its time has come, one line each. */
export const deadlines: readonly Deadline[] = [
  ...returnLife,
];
