import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import type { Door } from '../support/doors/door.js';
import { openStage, type Stage } from '../support/doors/stage.js';
import { openTelegramDoor } from '../support/doors/telegram.js';
import { openTerminalDoor } from '../support/doors/terminal.js';
import { openWebDoor } from '../support/doors/web.js';
import { startFakeBotApi, type FakeBotApi } from '../support/fake-bot-api.js';
import { comparable, hold } from './hold.js';
import { readTalks } from './talks.js';

/**
 * Holds every second talk, the first of them being `first`, in the terminal, on the web and on Telegram, at one service:
 * each is as it should be at each door, and the customer gets the same words, buttons and files everywhere.
 */
export function holdEverywhere(first: 0 | 1): void {
  // A busy machine may take its time.
  jest.setTimeout(90_000);

  describe('in the terminal, on the web and on Telegram', () => {
    let api: FakeBotApi;
    let stage: Stage;
    let terminal: Door;
    let others: readonly Door[];
    beforeAll(async () => {
      api = await startFakeBotApi();
      stage = await openStage('serve', { TELEGRAM_BOT_TOKEN: api.token, TELEGRAM_API_ROOT: api.root });
      terminal = openTerminalDoor(stage);
      others = [openWebDoor(stage), openTelegramDoor(stage, api)];
    });
    afterAll(async () => {
      for (const door of [terminal, ...others]) await door.close();
      await stage.close();
      await api.stop();
    });

    for (const talk of readTalks().filter(({ index }) => index % 2 === first)) {
      test(talk.name, async () => {
        const expected = await hold(talk, terminal, stage);
        expect({ door: terminal.name, problems: expected.problems, told: expected.problems.length === 0 ? '' : expected.told }).toEqual({ door: terminal.name, problems: [], told: '' });
        for (const door of others) {
          const here = await hold(talk, door, stage);
          expect({ door: door.name, problems: here.problems, told: here.problems.length === 0 ? '' : here.told }).toEqual({ door: door.name, problems: [], told: '' });
          for (const [index, turn] of here.turns.entries()) {
            const other = expected.turns[index];
            if (turn && other && !talk.turns[index]?.sendsPhoto) expect({ door: door.name, ...comparable(turn) }).toEqual({ door: door.name, ...comparable(other) });
          }
        }
      });
    }
  });
}
