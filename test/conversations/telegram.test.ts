import { startFakeBotApi } from '../support/fake-bot-api.js';
import { openStage } from '../support/doors/stage.js';
import { openTelegramDoor } from '../support/doors/telegram.js';
import { holdEverywhere } from './everywhere.js';

holdEverywhere('on Telegram', async () => {
  const api = await startFakeBotApi();
  const stage = await openStage('serve', { TELEGRAM_BOT_TOKEN: api.token, TELEGRAM_API_ROOT: api.root });
  return {
    stage, door: openTelegramDoor(stage, api),
    close: async () => {
      await stage.close();
      await api.stop();
    },
  };
});
