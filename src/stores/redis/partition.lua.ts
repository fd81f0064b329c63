import { longestRestMs } from '../lines.js';

/**
 * KEYS: ready and busy of one partition or of several, which only one server holds together. Arguments: now, limit of each
 * partition. Those free to be claimed, within a partition longest waiting first: id, arrival, id, arrival …
 */
export const FREE = `
local now, limit = tonumber(ARGV[1]), tonumber(ARGV[2])
local found = {}
for key = 1, #KEYS, 2 do
  local from, most = 0, #found + limit * 2
  while #found < most do
    local some = redis.call('ZRANGE', KEYS[key], from, from + 63, 'WITHSCORES')
    if #some == 0 then break end
    for n = 1, #some, 2 do
      local untilThen = redis.call('HGET', KEYS[key + 1], some[n])
      if #found < most and (not untilThen or tonumber(untilThen) <= now or tonumber(untilThen) - now > ${longestRestMs}) then
        found[#found + 1] = some[n]
        found[#found + 1] = some[n + 1]
      end
    end
    from = from + 64
  end
end
return found
`;

/**
 * KEYS: due of one partition or of several, which only one server holds together. Arguments: now, limit of each partition,
 * channels to leave alone … Those whose outbox is due, within a partition longest waiting first: id, due time, id, due time …
 */
export const DUE = `
local now, limit = ARGV[1], tonumber(ARGV[2])
local except = {}
for n = 3, #ARGV do except[ARGV[n]] = true end
local found = {}
for key = 1, #KEYS do
  local from, most = 0, #found + limit * 2
  while #found < most do
    local some = redis.call('ZRANGEBYSCORE', KEYS[key], '-inf', now, 'WITHSCORES', 'LIMIT', from, 64)
    if #some == 0 then break end
    for n = 1, #some, 2 do
      local channel, id = string.match(some[n], '^(%S*) (.*)$')
      if #found < most and not except[channel] then
        found[#found + 1] = id
        found[#found + 1] = some[n + 1]
      end
    end
    from = from + 64
  end
end
return found
`;
