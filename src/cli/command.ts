import type { Readable } from 'node:stream';

/** Where a command reads and writes. */
export interface CommandIo {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  readonly stdin: Readable;
  /** Whether standard error is a terminal, where progress may be drawn. */
  readonly isTerminal?: boolean;
}

/** One word of `aftercare`: what it is for, its help, and what it does; gives the exit code. */
export interface Command {
  readonly name: string;
  readonly summary: string;
  readonly help: string;
  run(args: readonly string[], io: CommandIo): Promise<number>;
}

/** A mistake in how a command was called, as text for standard error; exit code 2. */
export const misuse = (io: CommandIo, command: string, message: string): number => {
  io.err(`${command}: ${message}\nSee "aftercare ${command} --help".\n`);
  return 2;
};
