/** Arguments: the turn that was kept last. Answers with turn, seq, last at, epoch, channel, address, state, ids answered since, lines not delivered, course. */
export const SNAPSHOT = `
if call('EXISTS', c) == 0 then return nil end
local turn, since = number('turn'), tonumber(ARGV[5])
local answered = {}
-- What is answered stands under the number of its turn, below nought; what waits under its arrival.
if turn > since then answered = call('ZRANGEBYSCORE', seen, 0 - turn, 0 - (since + 1)) end
return {whole(turn), number('seq'), whole(number('at')), field('epoch') or '0', field('channel'), field('address'), field('state'), answered, call('LRANGE', out, 0, -1), field('course') or ''}
`;

/** Arguments: a ticket. It goes with the memory it was written into, so that what is read behind it knows of all that this memory lost before. */
export const TICKET = `
call('HSET', mending, ARGV[5], memory)
call('EXPIRE', mending, 600)
return 1
`;

/** Stands before ACCEPT where it adds to a conversation that is doubted: its last argument is the ticket. */
export const LATE = `
if call('HGET', mending, ARGV[14]) ~= memory then return 0 end
`;

/** Arguments: the ticket, '' = without one. The conversation is whole. Answers 0 where memory was lost since the ticket. */
export const TRUST = `
if ARGV[5] ~= '' then
  if call('HGET', mending, ARGV[5]) ~= memory then return 0 end
  call('HDEL', mending, ARGV[5])
end
if call('EXISTS', c) == 1 then call('HSET', c, 'memory', memory) end
return 1
`;

/**
 * Arguments: turn, channel, address, state, epoch, now, arrival, ticket, up to which line the records have it; then, each with its count before it: lines as the log has them; ids
 * answered with their turns below nought; items that wait (id, text, '' or the time of the line to append, the line); lines not delivered.
 * A conversation that is there and not older stays as it is (answers 0), and so does one whose next turn is only on its way: that commits
 * itself. Where the ticket is gone, memory was lost after these
 * arguments were read; what holds an item they do not know of is newer than they are (both answer 2). One in memory that is doubted stays where it
 * has every turn and every line the records have (answers 3): it can lack nothing but items that wait. Else answers 1.
 */
export const RESTORE = `
local turn, now, arrival = tonumber(ARGV[5]), ARGV[10], tonumber(ARGV[11])
if call('HGET', mending, ARGV[12]) ~= memory then return 2 end
local wasDoubted = isDoubted()
if wasDoubted and number('turn') >= turn and number('seq') >= tonumber(ARGV[13]) then return 3 end
call('HDEL', mending, ARGV[12])
if call('EXISTS', c) == 1 then
  if not wasDoubted and number('turn') >= turn then return 0 end
  local known, concluded = {}, nil
  local from = 15 + tonumber(ARGV[14])
  for n = 1, tonumber(ARGV[from]) do
    local itemId, of = ARGV[from + n * 2 - 1], tonumber(ARGV[from + n * 2])
    known[itemId] = true
    if of == 0 - turn then concluded = itemId end
  end
  from = from + 1 + tonumber(ARGV[from]) * 2
  for n = 1, tonumber(ARGV[from]) do known[ARGV[from + n * 4 - 3]] = true end
  if not wasDoubted and number('turn') == turn - 1 and concluded and call('LINDEX', inbox, 0) == concluded then return 0 end
  for _, itemId in ipairs(call('LRANGE', inbox, 0, -1)) do
    if not known[itemId] then return 2 end
  end
end
call('HINCRBY', count, 'inbox', 0 - call('LLEN', inbox))
call('HINCRBY', count, 'outbox', 0 - call('LLEN', out))
call('ZREM', due, dueName())
call('DEL', c, inbox, items, seen, log, out, done)
call('ZREM', ready, id)
call('HDEL', busy, id)
call('HSET', c, 'channel', ARGV[6], 'address', ARGV[7], 'state', ARGV[8], 'epoch', ARGV[9], 'turn', whole(turn), 'course', ARGV[12], 'memory', memory)
call('ZADD', recent, 'NX', 0, id)

local place = 14
local function each(width, take)
  local many = tonumber(ARGV[place])
  place = place + 1
  for n = 1, many do
    take(place)
    place = place + width
  end
  return many
end

each(1, function(n)
  local at, line = string.match(ARGV[n], '^(%d+) (.*)$')
  appendLine(at, line)
end)
each(2, function(n) call('ZADD', seen, ARGV[n + 1], ARGV[n]) end)
local waiting = each(4, function(n)
  arrival = arrival + 0.001
  call('ZADD', seen, arrival, ARGV[n])
  call('HSET', items, ARGV[n], ARGV[n + 1])
  if call('RPUSH', inbox, ARGV[n]) == 1 then call('ZADD', ready, arrival, id) end
  if ARGV[n + 2] ~= '' then appendLine(ARGV[n + 2], ARGV[n + 3]) end
end)
local undelivered = each(1, function(n) call('RPUSH', out, ARGV[n]) end)
call('HINCRBY', count, 'inbox', waiting)
call('HINCRBY', count, 'outbox', undelivered)
if undelivered > 0 then call('ZADD', due, now, dueName()) end
keep()
hint('log')
hint('inbox')
return 1
`;
