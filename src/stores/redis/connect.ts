import { Cluster, Redis, type RedisOptions } from 'ioredis';
import { Fault } from '../../domain/fault.js';
import { within } from '../../waiting/within.js';

/** Where Redis is: one server, or some nodes of a cluster (the first one's URL holds name and password for all). A server that says it is one of a cluster is taken as such. */
export type RedisPlace = { readonly url: string } | { readonly cluster: readonly [string, ...string[]] };

/** The two connections of a store: commands, and hints from the other nodes. Nothing blocks, so there is no third. */
export interface RedisConnections {
  readonly commands: Redis | Cluster;
  readonly subscriber: Redis | Cluster;
  close(): Promise<void>;
}

const COMMANDS = {
  lazyConnect: true,
  // Lost answers are sent again once (the scripts bear it); a server that is away is told of at once instead of queueing without bound.
  maxRetriesPerRequest: 1,
  enableOfflineQueue: false,
  commandTimeout: 3000,
  connectTimeout: 3000,
} as const satisfies RedisOptions;

const SUBSCRIBER = { lazyConnect: true, maxRetriesPerRequest: null, enableOfflineQueue: true, connectTimeout: 3000 } as const satisfies RedisOptions;

/** How often is looked which servers of a cluster are its masters. */
const slotsRefreshInterval = 1_000;
/** So long a node that starts waits for a cluster in which a new master is just elected (15 s and more by Redis' own settings); then it says that it cannot be reached. */
const patienceMs = 30_000;

function open(place: RedisPlace, options: typeof COMMANDS | typeof SUBSCRIBER): Redis | Cluster {
  if ('url' in place) return new Redis(place.url, options);
  const first = new URL(place.cluster[0]);
  const { enableOfflineQueue, ...each } = options;
  return new Cluster([...place.cluster], {
    lazyConnect: true,
    enableOfflineQueue,
    // A master that hangs, or whose network is cut, closes no connection: without a look it would be asked for ever, though another has taken its place.
    slotsRefreshInterval,
    redisOptions: {
      ...each,
      ...(first.username === '' ? {} : { username: decodeURIComponent(first.username) }),
      ...(first.password === '' ? {} : { password: decodeURIComponent(first.password) }),
      ...(first.protocol === 'rediss:' ? { tls: {} } : {}),
    },
  });
}

/** What in a server's settings would lose conversations, in words for the operator. */
export async function redisDangers(redis: Redis): Promise<string[]> {
  const [memory, persistence] = await Promise.all([redis.info('memory'), redis.info('persistence')]);
  const policy = /maxmemory_policy:(\S+)/u.exec(memory)?.[1];
  const isAppending = /aof_enabled:1/u.test(persistence);
  // Whether snapshots are on is told by CONFIG alone, which hosted servers may forbid.
  const save = isAppending ? 'on' : await redis.config('GET', 'save').then((answer) => String((answer as readonly unknown[])[1] ?? ''), () => 'unknown');
  return [
    ...(policy === 'noeviction' ? [] : [`Redis may throw conversations away when its memory is full: maxmemory-policy is ${policy ?? 'unknown'}, it must be noeviction`]),
    ...(isAppending || save === 'unknown' ? [] : save === '' ? ['Redis keeps nothing on disk: a restart loses open conversations; set appendonly yes'] : ['Redis keeps snapshots only: a crash loses the last minutes of conversations; set appendonly yes']),
  ];
}

/** Where Redis is by a setting: one address, or several nodes of a cluster separated by commas. */
export function redisPlaceOf(setting: string): RedisPlace {
  const [first = setting, ...others] = setting.split(',').map((one) => one.trim()).filter((one) => one !== '');
  return others.length === 0 ? { url: first } : { cluster: [first, ...others] };
}

/**
 * Resolves once commands may be given and hints are heard. To a cluster that has no master for a slot at the first look, ioredis connects again and again until it has;
 * the promise of the first `connect` is forgotten then and never settles, so what is waited for is the event, and not without end.
 */
async function begin({ commands, subscriber }: Omit<RedisConnections, 'close'>, hintChannel: string, patience: number): Promise<void> {
  const ready = (connection: Redis | Cluster): Promise<unknown> => Promise.race([connection.connect(), new Promise<void>((resolve) => void connection.once('ready', () => resolve()))]);
  const begun = Promise.all([ready(commands), ready(subscriber).then(() => subscriber.subscribe(hintChannel))]);
  // One server says by itself that it is away, and may take its time to read a long file.
  if (commands instanceof Redis) return void await begun;
  await within<unknown>(begun, patience, () => {
    throw new Fault('store.unreachable', `The Redis cluster has not been whole for ${patience / 1000} s: is there a master for every slot?`, { again: true });
  });
}

/** Connects to Redis and to the hints of the other nodes, and looks whether it may be trusted with conversations; not to be reached is a fault. */
export async function connectRedis(place: RedisPlace, hintChannel: string, warn: (message: string) => void, patience = patienceMs): Promise<RedisConnections> {
  const commands = open(place, COMMANDS);
  const subscriber = open(place, SUBSCRIBER);
  let last = '';
  for (const connection of [commands, subscriber]) {
    // Without a listener every lost connection ends the process; told once per kind, since it comes with every retry.
    connection.on('error', (error: Error) => {
      if (error.message !== last) warn(`Redis: ${error.message}`);
      last = error.message;
    });
    connection.on('ready', () => {
      last = '';
    });
  }
  const close = async (): Promise<void> => {
    commands.disconnect();
    subscriber.disconnect();
  };
  try {
    await begin({ commands, subscriber }, hintChannel, patience);
    if ('url' in place && /cluster_enabled:1/u.test(await (commands as Redis).info('cluster').catch(() => ''))) {
      await close();
      return await connectRedis({ cluster: [place.url] }, hintChannel, warn, patience);
    }
    const servers = commands instanceof Cluster ? commands.nodes('master') : [commands];
    for (const server of servers) for (const danger of await redisDangers(server)) warn(danger);
    return { commands, subscriber, close };
  } catch (cause) {
    await close();
    throw cause instanceof Fault ? cause : new Fault('store.unreachable', 'Redis cannot be reached', { cause, again: true });
  }
}
