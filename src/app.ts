/** The composition root's door: what `main.ts`, the commands and the tests open. How it is put together stands in `app/`. */
export { createTerminalRuntime, openCore, replayTalk, type Core } from './app/core.js';
export { learn } from './app/learn.js';
export { root } from './app/place.js';
export { openPrivacy } from './app/privacy.js';
export { serve, type Served } from './app/serve.js';
export { openRecords, openShopDb } from './app/stores.js';
export { machineClock, type Learned } from './app/surroundings.js';
