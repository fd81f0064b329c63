#!/usr/bin/env node
import { openShopDb } from '../app.js';
import { printProblem } from '../shops/file-problems.js';
import { printTauRetail } from '../shops/tau-retail-export.js';
import { parseTauRetail } from '../shops/tau-retail.js';
import { exportShop, replaceShop, shopFormats } from '../shops/transfer.js';
import { configOrExit, main } from '../main.js';
import { Fault } from '../domain/fault.js';
import { audit } from './audit.js';
import { bench } from './bench.js';
import { capabilities } from './capabilities.js';
import { chaos } from './chaos.js';
import { chat } from './chat.js';
import type { Command, CommandIo } from './command.js';
import { doctor } from './doctor.js';
import { fuzzCommand } from './fuzz.js';
import { decisions } from './decisions.js';
import * as evaluate from './evaluate.js';
import * as nluBenchmark from './nlu-benchmark.js';
import { policy } from './policy.js';
import { receipts } from './receipts.js';
import { replay } from './replay.js';
import { privacy } from './privacy.js';
import * as shop from './shop.js';
import { tau } from './tau.js';
import * as train from './train.js';

const serve: Command = {
  name: 'serve', summary: 'run everything: widget, desk, channels (what npm start does)',
  help: 'Usage:\n  aftercare serve\n\nSettings come from the environment and from .env; see .env.example.\n',
  async run() {
    await main();
    return -1;
  },
};

const shopCommand: Command = {
  ...shop,
  run: (args, io) => shop.run(args, io, { openShopDb: () => openShopDb(configOrExit()), formats: shopFormats, replaceShop, exportShop }),
};

const tauCommand = tau({
  load: async (db, text) => {
    const reading = parseTauRetail(text);
    if ('problems' in reading) throw new Fault('import.invalid', `The benchmark's database cannot be loaded:\n${reading.problems.map(printProblem).join('\n')}`);
    await replaceShop(db, reading.data);
  },
  print: async (db) => printTauRetail(await exportShop(db)),
});

/** Every word `aftercare` knows. */
const commands: readonly Command[] = [serve, chat, train, evaluate, nluBenchmark, shopCommand, policy, decisions, receipts, audit, replay, doctor, privacy, capabilities, bench, fuzzCommand, chaos, tauCommand];

const overview = (): string =>
  `Usage: aftercare COMMAND [OPTIONS]\n\n${commands.map((command) => `  ${command.name.padEnd(14)} ${command.summary}`).join('\n')}\n\n"aftercare COMMAND --help" tells more.\n`;

/** Runs one command line; gives the exit code, or −1 for a command that goes on by itself. */
async function run([word, ...args]: readonly string[], io: CommandIo): Promise<number> {
  if (word === undefined || word === '--help' || word === 'help') {
    io.out(overview());
    return word === undefined ? 2 : 0;
  }
  const command = commands.find((one) => one.name === word);
  if (!command) {
    io.err(`There is no command "${word}".\n\n${overview()}`);
    return 2;
  }
  if (args.includes('--help')) {
    io.out(command.help);
    return 0;
  }
  try {
    return await command.run(args, io);
  } catch (error) {
    io.err(`${error instanceof Fault ? error.message : error instanceof Error ? error.stack ?? error.message : String(error)}\n`);
    return 1;
  }
}

const code = await run(process.argv.slice(2), {
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
  stdin: process.stdin,
  isTerminal: process.stderr.isTTY,
});
if (code >= 0) process.exitCode = code;
