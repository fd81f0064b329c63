/**
 * Arguments: fence, owner, head's id, now, state, epoch ('' = as it was), '1' to withdraw, '1' for the log only, and per line: its time, who says it, its text.
 * Redis undoes nothing, so every check stands before the first write.
 */
export const COMMIT = `
local fence, owner, head, now, state = ARGV[5], ARGV[6], ARGV[7], ARGV[8], ARGV[9]
local epoch, withdraw, toLogOnly = tonumber(ARGV[10]) or number('epoch'), ARGV[11] == '1', ARGV[12] == '1'
if call('LPOS', done, fence) then return 'already' end
if not holds(fence, owner) or call('LINDEX', inbox, 0) ~= head then return 'lost' end

local wasWaiting = call('LLEN', out)
local stays = {}
for _, entry in ipairs(call('LRANGE', out, 0, -1)) do
  local of, who = string.match(entry, '^%d+:(%d+):(.)$')
  if who ~= 'b' or (not withdraw and tonumber(of) >= epoch) then stays[#stays + 1] = entry end
end
if #stays < wasWaiting then
  call('DEL', out)
  for _, entry in ipairs(stays) do call('RPUSH', out, entry) end
end
local isIdle = #stays == 0 and (field('flight') or '') == ''

local newest = later(number('epoch'), epoch)
for n = 13, #ARGV, 3 do
  local who = ARGV[n + 1]
  local seq = appendLine(ARGV[n], ARGV[n + 2])
  if not toLogOnly and who ~= 'customer' and (who ~= 'bot' or epoch >= newest) then
    call('RPUSH', out, seq .. ':' .. whole(epoch) .. ':' .. (who == 'bot' and 'b' or 'o'))
  end
end
local waiting = call('LLEN', out)
call('HINCRBY', count, 'outbox', waiting - wasWaiting)
-- An outbox that waits already, or whose line (even one taken back) is in flight, keeps its time.
if isIdle then
  if waiting > 0 then call('ZADD', due, now, dueName()) else call('ZREM', due, dueName()) end
else
  call('ZADD', due, 'NX', now, dueName())
end

call('HSET', c, 'state', state, 'epoch', whole(newest), 'owner', '', 'attempts', 0)
call('LPUSH', done, fence)
call('LTRIM', done, 0, 63)
call('LPOP', inbox)
call('HDEL', items, head)
call('HINCRBY', count, 'inbox', -1)
-- An answered item stands under the number of its turn, so that what was answered since can be told.
call('ZADD', seen, 'XX', 0 - call('HINCRBY', c, 'turn', 1), head)
call('HDEL', busy, id)
local nextHead = call('LINDEX', inbox, 0)
if nextHead then
  call('ZADD', ready, call('ZSCORE', seen, nextHead), id)
  hint('inbox')
else
  call('ZREM', ready, id)
end
keep()
if #ARGV > 12 then hint('log') end
return 'committed'
`;
