import { createHash } from 'node:crypto';
import type { Cluster, Redis } from 'ioredis';

/** A script and the name it is called by to the server. */
export interface Script {
  readonly text: string;
  readonly sha: string;
}

/** Prepares a script, with what stands before it. */
export function scriptOf(...parts: readonly string[]): Script {
  const text = parts.join('');
  return { text, sha: createHash('sha1').update(text).digest('hex') };
}

/** Runs a script by its name, and in full when the server does not know it (any more). */
export async function runScript(redis: Redis | Cluster, script: Script, keys: readonly string[], values: readonly (string | number)[]): Promise<unknown> {
  try {
    return await redis.evalsha(script.sha, keys.length, ...keys, ...values);
  } catch (error) {
    if (!(error instanceof Error) || !error.message.startsWith('NOSCRIPT')) throw error;
    return redis.eval(script.text, keys.length, ...keys, ...values);
  }
}
