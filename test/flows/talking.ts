import { afterEach, jest } from '@jest/globals';
import { aTalk as startTalk, type Talk } from '../support/a-core.js';

// The first core of a file may train the model before anybody says a word.
jest.setTimeout(60_000);

const open: Talk[] = [];
afterEach(async () => {
  for (const talk of open.splice(0)) await talk.end();
});

/** A conversation over a whole core, ended with the test that began it. */
export const aTalk: typeof startTalk = async (...given) => {
  const talk = await startTalk(...given);
  open.push(talk);
  return talk;
};
