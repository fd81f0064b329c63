/** Where a bar is drawn: only on a terminal, because in a log it would be noise. */
export interface ProgressIo {
  readonly err: (text: string) => void;
  /** Whether standard error is a terminal. */
  readonly isTerminal?: boolean;
}

const WIDTH = 24;

/** Draws how far something is, over the same line again and again; the line is cleared at the end. */
export function createProgressBar(io: ProgressIo, label: string): (done: number, all: number) => void {
  let drawn = '';
  return (done, all) => {
    if (io.isTerminal !== true || all === 0) return;
    const full = Math.round((done / all) * WIDTH);
    const line = `${label} ${'█'.repeat(full)}${'░'.repeat(WIDTH - full)} ${Math.floor((done / all) * 100)} %`;
    if (line === drawn) return;
    drawn = line;
    io.err(done >= all ? '\r\u001b[2K' : `\r\u001b[2K${line}`);
  };
}
