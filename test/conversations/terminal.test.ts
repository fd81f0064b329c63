import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import type { Door } from '../support/doors/door.js';
import { openStage, type Stage } from '../support/doors/stage.js';
import { openTerminalDoor } from '../support/doors/terminal.js';
import { hold } from './hold.js';
import { readTalks } from './talks.js';

// A busy machine may take its time.
jest.setTimeout(60_000);

describe('in the terminal', () => {
  let stage: Stage;
  let door: Door;
  beforeAll(async () => {
    stage = await openStage('terminal');
    door = openTerminalDoor(stage);
  });
  afterAll(async () => {
    await door.close();
    await stage.close();
  });

  for (const talk of readTalks()) {
    test(talk.name, async () => {
      const { problems, told } = await hold(talk, door, stage);
      expect({ problems, told: problems.length === 0 ? '' : told }).toEqual({ problems: [], told: '' });
    });
  }
});
