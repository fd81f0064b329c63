import { test } from '@jest/globals';
import Database from 'libsql';
import { join } from 'node:path';
import { startFakeBotApi } from '../../support/fake-bot-api.js';
import { dataFolder, run, serveProcess, until } from '../../support/served.js';
test('dbg', async () => {
  const folder = dataFolder();
  const telegram = await startFakeBotApi();
  const s = () => serveProcess(folder.path, { TELEGRAM_BOT_TOKEN: telegram.token, TELEGRAM_API_ROOT: telegram.root });
  const server = await s();
  const dump = (w: string) => { const db = new Database(join(folder.path, 'conversations.db')); console.log(w, new Date().toISOString(), JSON.stringify(db.prepare("select name from sqlite_master where type='table'").all()), JSON.stringify((db.prepare('select * from conversation_outbox').all() as object[]))); db.close(); };
  const chat = telegram.chat();
  telegram.failNext('sendMessage', { status: 429, retryAfter: 3 });
  chat.says('Are you a bot?');
  await telegram.called('sendMessage', 1);
  const again = Date.now() + 3000;
  await server.stop();
  try { dump('stopped'); } catch (e) { const db = new Database(join(folder.path, 'conversations.db')); console.log(String(e), JSON.stringify(db.prepare("select sql from sqlite_master").all())); }
  const t = run(['chat', '--jsonl'], { DATA_DIR: folder.path });
  t.child.stdin?.write('{"session":"one","text":"Are you a bot?"}\n');
  await until('x', () => t.out().includes('\n') && Date.now() > again + 2000);
  t.child.stdin?.end(); await t.ended;
  try { dump('after'); } catch {}
  console.log(t.err(), chat.received().length, server.err());
  await telegram.stop();
}, 60000);
