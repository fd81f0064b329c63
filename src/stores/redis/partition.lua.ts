import { longestRestMs } from '../lines.js';

/** KEYS: ready, busy. Arguments: now, limit. Those free to be claimed, longest waiting first: id, arrival, id, arrival … */
export const FREE = `
local now, limit = tonumber(ARGV[1]), tonumber(ARGV[2])
local found, from = {}, 0
while #found < limit * 2 do
  local some = redis.call('ZRANGE', KEYS[1], from, from + 63, 'WITHSCORES')
  if #some == 0 then break end
  for n = 1, #some, 2 do
    local untilThen = redis.call('HGET', KEYS[2], some[n])
    if #found < limit * 2 and (not untilThen or tonumber(untilThen) <= now or tonumber(untilThen) - now > ${longestRestMs}) then
      found[#found + 1] = some[n]
      found[#found + 1] = some[n + 1]
    end
  end
  from = from + 64
end
return found
`;

/** KEYS: due. Arguments: now, limit, channels to leave alone … Those whose outbox is due, longest waiting first: id, due time, id, due time … */
export const DUE = `
local now, limit = ARGV[1], tonumber(ARGV[2])
local except = {}
for n = 3, #ARGV do except[ARGV[n]] = true end
local found, from = {}, 0
while #found < limit * 2 do
  local some = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', now, 'WITHSCORES', 'LIMIT', from, 64)
  if #some == 0 then break end
  for n = 1, #some, 2 do
    local channel, id = string.match(some[n], '^(%S*) (.*)$')
    if #found < limit * 2 and not except[channel] then
      found[#found + 1] = id
      found[#found + 1] = some[n + 1]
    end
  end
  from = from + 64
end
return found
`;
