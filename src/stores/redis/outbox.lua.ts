/** Arguments: now, until. Answers with channel, address, seq, attempts before, the line as the log has it. */
export const TAKE = `
local now, until_ = tonumber(ARGV[5]), ARGV[6]
local dueAt = call('ZSCORE', due, dueName())
if not dueAt or tonumber(dueAt) > now then return nil end
local first = call('LINDEX', out, 0)
if not first then
  call('ZREM', due, dueName())
  call('HSET', c, 'flight', '')
  return nil
end
local seq = string.match(first, '^(%d+):')
local attempts = 0
if field('tried') == seq then attempts = number('tries') end
call('HSET', c, 'tried', seq, 'tries', attempts + 1, 'flight', seq .. '/' .. attempts)
call('ZADD', due, until_, dueName())
return {field('channel'), field('address'), seq, attempts, call('LINDEX', log, tonumber(seq) - 1) or ''}
`;

/** Arguments: seq, attempts, kind of outcome, when to try again, new address. */
export const SETTLE = `
local seq, flight, kind, retryAt, address = ARGV[5], ARGV[5] .. '/' .. ARGV[6], ARGV[7], ARGV[8], ARGV[9]
if call('EXISTS', c) == 0 then return 0 end
local before = call('LLEN', out)
if kind == 'moved' then call('HSET', c, 'address', address) end
if kind == 'gone' then call('DEL', out) end
if kind == 'sent' or kind == 'dropped' then
  for _, entry in ipairs(call('LRANGE', out, 0, -1)) do
    if string.match(entry, '^(%d+):') == seq then call('LREM', out, 1, entry) end
  end
end
local waiting = call('LLEN', out)
if waiting < before then call('HINCRBY', count, 'outbox', waiting - before) end
-- Only who holds the line now may let the next one out; a late answer of an earlier holder may not.
local isHolder = field('flight') == flight
if isHolder then call('HSET', c, 'flight', '') end
if isHolder and waiting > 0 then call('ZADD', due, retryAt, dueName()) end
if waiting == 0 and (field('flight') or '') == '' then call('ZREM', due, dueName()) end
keep()
if waiting > 0 then hint('log') end
return waiting
`;
