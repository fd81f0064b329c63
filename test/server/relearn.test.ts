import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parse, stringify } from 'yaml';
import { dataFolder, root, serveProcess, until, type ServedProcess } from '../support/served.js';
import { createBuyer } from './buyer.js';
import { words } from './words.js';

jest.setTimeout(120_000);

interface Definition { flow: string; examples: Record<string, string[]> }

let folder: ReturnType<typeof dataFolder>;
let server: ServedProcess | undefined;
beforeEach(() => {
  folder = dataFolder();
});
afterEach(async () => {
  await server?.kill();
  folder.remove();
});

/** A folder of intents of the shop's own: English alone and shortened, so that learning it is quick. */
function ownIntents(): { readonly path: string; change(intent: string, change: (definition: Definition) => void): void } {
  const path = join(folder.path, 'intents');
  cpSync(join(root, 'intents'), path, { recursive: true });
  const change = (intent: string, apply: (definition: Definition) => void): void => {
    const file = join(path, `${intent}.yaml`);
    const definition = parse(readFileSync(file, 'utf8')) as Definition;
    apply(definition);
    writeFileSync(file, stringify(definition));
  };
  for (const file of readdirSync(path).filter((name) => name.endsWith('.yaml'))) {
    change(file.slice(0, -5), (definition) => (definition.examples = { en: (definition.examples['en'] ?? []).slice(0, 25) }));
  }
  return { path, change };
}

describe('sentences learned while the server runs', () => {
  test('count from the next message on, and no message sent meanwhile is lost', async () => {
    const intents = ownIntents();
    server = await serveProcess(folder.path, { INTENTS_DIR: intents.path });
    const running = server;
    const buyer = await createBuyer(running.url);
    const strange = 'Is the flumbergast whizzled already?';
    expect((await buyer.ask(strange)).text).not.toContain('Save favourites');

    intents.change('howto_wishlist', ({ examples }) => {
      examples['en']?.push('Is the flumbergast whizzled already?', 'has my flumbergast been whizzled', 'flumbergast whizzled?', 'whizzled flumbergast please');
    });
    const talker = await createBuyer(running.url);
    const before = talker.heard().length;
    let sent = 0;
    running.child.kill('SIGHUP');
    // An earlier run may have left the model of these very sentences behind.
    while (!/Learned anew|have not changed/.test(running.out())) {
      const { status } = await talker.say('Are you a bot?');
      expect(status).toBe(200);
      sent++;
      await talker.hearsCount(before + sent);
      // At the pace of a customer: a faster one is held back by the rate limit.
      await pause(500);
    }
    expect(talker.heard().slice(before).filter((text) => text.includes(words('bot.yes')))).toHaveLength(sent);
    expect((await buyer.ask(strange)).text).toContain('Save favourites');
    await Promise.all([buyer.leave(), talker.leave()]);
  });

  test('are not taken where an intent changed its flow: the log says so, and the old ones go on', async () => {
    const intents = ownIntents();
    server = await serveProcess(folder.path, { INTENTS_DIR: intents.path });
    const running = server;
    intents.change('howto_wishlist', (definition) => (definition.flow = 'order-status'));
    running.child.kill('SIGHUP');
    const [entry] = await until('the log to say so', () => (running.logged('relearn.failed').length > 0 ? running.logged('relearn.failed') : undefined));
    expect(entry).toMatchObject({ message: expect.stringContaining('start anew') });
    const buyer = await createBuyer(running.url);
    expect((await buyer.ask('How do I save a product to my wish list?')).text).toContain('Save favourites');
    await buyer.leave();
  });
});
