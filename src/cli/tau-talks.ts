import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { z } from 'zod';
import { Fault } from '../domain/fault.js';

/** A written talk: what the buyer says, line by line, and the task whose outcome it is compared with. */
export interface TauTalk {
  readonly file: string;
  readonly task: string;
  readonly lines: readonly string[];
}

const shape = z.object({ task: z.string().min(1), lines: z.array(z.string().min(1)).min(1) });

/** Reads the talks of one file: `{"task","lines"}` a line. What cannot be read is a Fault that names the line. */
export async function readTalks(path: string): Promise<TauTalk[]> {
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new Fault('import.invalid', `${path} cannot be read`, { cause });
  });
  return text.split('\n').flatMap((line, index) => {
    if (line.trim() === '') return [];
    const talk = shape.safeParse(parse(line));
    if (!talk.success) throw new Fault('import.invalid', `${path}, line ${index + 1}: expected {"task":"…","lines":["…"]}`);
    return [{ file: basename(path), ...talk.data }];
  });
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
