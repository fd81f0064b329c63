import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import type { Door } from '../support/doors/door.js';
import type { Stage } from '../support/doors/stage.js';
import { openTerminalDoor } from '../support/doors/terminal.js';
import { comparable, hold } from './hold.js';
import { readTalks } from './talks.js';

/** Holds every talk at a door, and in the terminal of the same service beside it: the customer gets the same words, buttons and files. */
export function holdEverywhere(where: string, open: () => Promise<{ readonly stage: Stage; readonly door: Door; close(): Promise<void> }>): void {
  // A busy machine may take its time.
  jest.setTimeout(60_000);

  describe(where, () => {
    let opened: Awaited<ReturnType<typeof open>>;
    let terminal: Door;
    beforeAll(async () => {
      opened = await open();
      terminal = openTerminalDoor(opened.stage);
    });
    afterAll(async () => {
      await terminal.close();
      await opened.door.close();
      await opened.close();
    });

    for (const talk of readTalks()) {
      test(talk.name, async () => {
        const { stage, door } = opened;
        const here = await hold(talk, door, stage);
        expect({ problems: here.problems, told: here.problems.length === 0 ? '' : here.told }).toEqual({ problems: [], told: '' });
        const there = await hold(talk, terminal, stage);
        for (const [index, turn] of here.turns.entries()) {
          const other = there.turns[index];
          if (turn && other && !talk.turns[index]?.sendsPhoto) expect(comparable(turn)).toEqual(comparable(other));
        }
      });
    }
  });
}
