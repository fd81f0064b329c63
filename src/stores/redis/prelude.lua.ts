/**
 * The beginning of every script about one conversation: names for its keys and what several scripts do. ARGV[1] is the
 * conversation's id, ARGV[2] the seconds its keys live once nothing is left to do (0 = for ever), ARGV[3] the channel hints go
 * out on, ARGV[4] the node that asks; each script's own arguments follow.
 *
 * `c` (hash): channel, address, state, epoch, seq, at, fence, owner, attempts, flight, turn (commits so far), course (the ticket it was put back by), memory (the run of the server in which it was last known to be whole). `in` (list): item ids. `items` (hash): their
 * text. `seen` (sorted set): every id ever accepted, by arrival; once answered, by its turn's number below nought. `log` (list): `<at> <line>`, seq = place. `out` (list): `<seq>:<epoch>:<b|o>`.
 * `done` (list): fences of the last commits. Of the partition: `ready` (all with something in the inbox, by arrival of the head),
 * `busy` (hash: leased or resting until), `due` (`<channel> <id>` with undelivered lines or one in flight, by due time),
 * `recent` (by last activity), `count` (hash: inbox, outbox), `mending` (hash: tickets of what is being put back, each with the run it was written in).
 */
export const PRELUDE = `
local c, inbox, items, seen, log, out, done = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5], KEYS[6], KEYS[7]
local ready, busy, due, recent, count, mending = KEYS[8], KEYS[9], KEYS[10], KEYS[11], KEYS[12], KEYS[13]
local id, expire, hints, node = ARGV[1], tonumber(ARGV[2]), ARGV[3], ARGV[4]
local call = redis.call

local function field(name) return call('HGET', c, name) end
local function number(name) return tonumber(field(name) or '0') end
local function whole(n) return string.format('%.0f', n) end
local function later(a, b) if a > b then return a end return b end
local function hint(what) call('PUBLISH', hints, node .. ' ' .. what .. ' ' .. id) end
local function dueName() return (field('channel') or '') .. ' ' .. id end

-- Another run than before: the server was started anew or a replica has taken its place, with a copy that may be older.
local memory = string.match(call('INFO', 'server'), 'run_id:(%w+)') or ''
local function isDoubted() return call('EXISTS', c) == 1 and field('memory') ~= memory end

local function holds(fence, owner)
  return field('fence') == fence and field('owner') == owner and owner ~= ''
end

local function appendLine(at, line)
  local last = later(tonumber(at), number('at') + 1)
  call('RPUSH', log, whole(last) .. ' ' .. line)
  local seq = call('HINCRBY', c, 'seq', 1)
  call('HSET', c, 'at', whole(last))
  call('ZADD', recent, whole(last), id)
  return seq
end

-- What still has something to do never expires.
local function keep()
  if expire == 0 then return end
  local isIdle = call('LLEN', inbox) == 0 and call('LLEN', out) == 0
  for n = 1, 7 do
    if isIdle then call('EXPIRE', KEYS[n], expire) else call('PERSIST', KEYS[n]) end
  end
end
`;

/** Stands behind the prelude of every script that may only touch a conversation that is whole. */
export const GATE = `
if isDoubted() then return 'doubted' end
`;
