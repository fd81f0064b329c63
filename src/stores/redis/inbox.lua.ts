import { longestRestMs } from '../lines.js';

/** Arguments: item id, item, arrival, channel, address, '1' for a customer's message, its time, its line, '1' to leave a conversation that is not there alone (answers 2). */
export const ACCEPT = `
local itemId, item, arrival, channel, address = ARGV[5], ARGV[6], ARGV[7], ARGV[8], ARGV[9]
if call('ZSCORE', seen, itemId) then return 0 end
if call('EXISTS', c) == 0 then
  if ARGV[13] == '1' then return 2 end
  call('HSET', c, 'channel', channel, 'address', address, 'state', 'null', 'memory', memory)
  call('ZADD', recent, 0, id)
end
call('ZADD', seen, arrival, itemId)
call('HSET', items, itemId, item)
if call('RPUSH', inbox, itemId) == 1 then call('ZADD', ready, arrival, id) end
call('HINCRBY', count, 'inbox', 1)
if ARGV[10] == '1' then
  call('HSET', c, 'address', address)
  appendLine(ARGV[11], ARGV[12])
  hint('log')
end
keep()
hint('inbox')
return 1
`;

/** Arguments: owner, now, until, '1' when asked for by name: only then its owner gets it again, since who waits is told from a list that may be old. Answers with fence, item id, item, attempts before, state, channel, address, last seq, last at. */
export const CLAIM = `
local owner, now, until_ = ARGV[5], tonumber(ARGV[6]), ARGV[7]
local head = call('LINDEX', inbox, 0)
if not head then
  call('ZREM', ready, id)
  call('HDEL', busy, id)
  return nil
end
local busyUntil = tonumber(call('HGET', busy, id) or '0')
local isAgain = busyUntil > now and busyUntil - now <= ${longestRestMs}
if isAgain and (ARGV[8] ~= '1' or field('owner') ~= owner) then return nil end
-- Never less than the clock: a fence that a failover or an erasure took back must not come again.
local fence = later(number('fence') + 1, now)
call('HSET', c, 'fence', whole(fence), 'owner', owner)
if not isAgain then call('HINCRBY', c, 'attempts', 1) end
call('HSET', busy, id, until_)
return {whole(fence), head, call('HGET', items, head) or '', number('attempts') - 1,
  field('state'), field('channel'), field('address'), number('seq'), whole(number('at'))}
`;

/** Arguments: fence, owner, until. */
export const RENEW = `
if not holds(ARGV[5], ARGV[6]) then return 0 end
call('HSET', busy, id, ARGV[7])
return 1
`;

/** Arguments: fence, owner, when it may be taken again. */
export const RELEASE = `
if not holds(ARGV[5], ARGV[6]) then return 0 end
call('HSET', c, 'owner', '')
call('HSET', busy, id, ARGV[7])
return 1
`;

/** Everything of a conversation goes, also out of what its partition keeps. */
export const FORGET = `
call('HINCRBY', count, 'inbox', 0 - call('LLEN', inbox))
call('HINCRBY', count, 'outbox', 0 - call('LLEN', out))
call('ZREM', due, dueName())
call('DEL', c, inbox, items, seen, log, out, done)
call('ZREM', ready, id)
call('HDEL', busy, id)
call('ZREM', recent, id)
return 1
`;

/** Answers with channel, address, state, last seq, last at; one that expired is taken off the list of the active ones. */
export const HEAD = `
if call('EXISTS', c) == 0 then
  call('ZREM', recent, id)
  return nil
end
return {field('channel'), field('address'), field('state'), number('seq'), whole(number('at'))}
`;
