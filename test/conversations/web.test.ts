import { openWebDoor } from '../support/doors/web.js';
import { openStage } from '../support/doors/stage.js';
import { holdEverywhere } from './everywhere.js';

holdEverywhere('on the web', async () => {
  const stage = await openStage('serve');
  return { stage, door: openWebDoor(stage), close: () => stage.close() };
});
