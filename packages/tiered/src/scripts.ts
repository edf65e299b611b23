import { createHash } from "node:crypto"

/**
 * What a space is in a server. All its keys have the same hash tag, `{name}`, so they are in one
 * slot of a cluster; and every key is declared.
 *
 *     {name}m           hash    i  incarnation: random, made by who finds none
 *                               c  how many invalidations there were
 *                               e  floor: what was stamped with a lower count is dead
 *                               s  how many messages were told
 *                               t:<tag>  the count of the tag's last invalidation
 *     {name}k:<key>     string  an entry: 1 <i> <c> <fresh> <kept> <kind> <tags> <payload>
 *     {name}l:<key>     string  a lease, and the fence that it is: <i> <c> <token>.
 *                               and a w behind it if somebody waits
 *     {name}o:<origin>  string  the connection of that process which may write
 *     {name}b           channel <i> <s> <origin> <what>, numbered; or + <key>: a lease has ended
 *
 * An entry is live if its incarnation is the one that is, its count not below the floor, and no tag
 * of it has been invalidated at a higher count.
 */

/** Finds out what the space knows of itself; makes it new if that is lost. */
const KNOW = `
local meta = redis.call('HMGET', KEYS[1], 'i', 'c', 'e', 's')
if not meta[1] then
  meta = {ARGV[1], '0', '0', '0'}
  redis.call('HSET', KEYS[1], 'i', ARGV[1], 'c', 0, 'e', 0, 's', 0)
end
local inc, floor = meta[1], tonumber(meta[3])
`

const SAY = `
local function say(what)
  local s = redis.call('HINCRBY', KEYS[1], 's', 1)
  redis.call('PUBLISH', ARGV[2], inc .. ' ' .. s .. ' ' .. ARGV[3] .. ' ' .. what)
end
`

const LIVE = `
local function live(i, count, tags)
  if i ~= inc or count < floor then return false end
  if tags == '-' then return true end
  for tag in string.gmatch(tags, '[^,]+') do
    local at = redis.call('HGET', KEYS[1], 't:' .. tag)
    if at and tonumber(at) > count then return false end
  end
  return true
end
`

const SCRIPTS = {
  // KEYS: m, then k and l of each; ARGV: new incarnation, lease ms, token, share, a letter for each
  // → for each: entry or nothing, ms until it is stale, fence (+ ours, - another's) or nothing.
  // A key of a foreign type is a miss like others, and must not fail those beside it.
  read: `${KNOW}${LIVE}
local share = 1 - tonumber(ARGV[4])
local out = {}
for n = 2, #KEYS, 2 do
  local mode = string.sub(ARGV[5], n / 2, n / 2)
  local entry = redis.pcall('GET', KEYS[n])
  local left, due, fence = 0, 0, ''
  if entry then
    local i, c, fresh, kept, tags
    if type(entry) == 'string' then
      i, c, fresh, kept, tags = string.match(entry, '^1 (%S+) (%d+) (%d+) (%d+) %S+ (%S+) ')
    end
    if i and live(i, tonumber(c), tags) then
      left = redis.call('PTTL', KEYS[n]) - tonumber(kept)
      if mode == 'r' then due = fresh * share end
    else
      redis.call('UNLINK', KEYS[n])
      entry = false
    end
  end
  if left <= 0 or left <= due then
    if mode == 'p' then
      entry = false
    else
      local lease = redis.pcall('GET', KEYS[n + 1])
      local i, c
      if type(lease) == 'string' then i, c = string.match(lease, '^(%S+) (%d+) ') end
      if i == inc and tonumber(c) >= floor then
        if mode == 'w' and string.sub(lease, -1) ~= 'w' then
          redis.call('SET', KEYS[n + 1], lease .. 'w', 'KEEPTTL')
        end
        fence = '-' .. string.gsub(lease, 'w$', '')
      else
        lease = inc .. ' ' .. meta[2] .. ' ' .. ARGV[3] .. '.'
        redis.call('SET', KEYS[n + 1], lease, 'PX', ARGV[2])
        fence = '+' .. lease
      end
    end
  end
  out[#out + 1] = entry or ''
  out[#out + 1] = left
  out[#out + 1] = fence
end
return out`,

  // KEYS: m, then k and l of each; ARGV: new incarnation, channel, then of each: what to tell, fence,
  // entry from <fresh> on → for each: 1 if it was stored. An entry is stamped with the
  // count of its fence, which is that before the load: so a tag that was invalidated since kills it.
  store: `${KNOW}${LIVE}
local out = {}
for n = 2, #KEYS, 2 do
  local a = 3 + (n - 2) / 2 * 3
  local lease = redis.call('GET', KEYS[n + 1]) or ''
  local fence = string.gsub(lease, 'w$', '')
  local stored = 0
  if fence == ARGV[a + 1] then
    redis.call('UNLINK', KEYS[n + 1])
    local i, c = string.match(fence, '^(%S+) (%d+) ')
    local fresh, kept, tags = string.match(ARGV[a + 2], '^(%d+) (%d+) %S+ (%S+) ')
    if live(i, tonumber(c), tags) then
      local entry = '1 ' .. i .. ' ' .. c .. ' ' .. ARGV[a + 2]
      redis.call('SET', KEYS[n], entry, 'PX', fresh + kept)
      stored = 1
    end
    if lease ~= fence then redis.call('PUBLISH', ARGV[2], '+ ' .. ARGV[a]) end
  end
  out[#out + 1] = stored
end
return out`,

  // KEYS: m, k, l, o; ARGV: new incarnation, channel, origin, session, what to tell, entry from
  // <fresh> on → 1, or 0 if this is not the session that may write.
  write: `${KNOW}${SAY}
if redis.call('GET', KEYS[4]) ~= ARGV[4] then return 0 end
redis.call('UNLINK', KEYS[3])
local fresh, kept = string.match(ARGV[6], '^(%d+) (%d+) ')
local entry = '1 ' .. inc .. ' ' .. meta[2] .. ' ' .. ARGV[6]
redis.call('SET', KEYS[2], entry, 'PX', fresh + kept)
say(ARGV[5])
return 1`,

  // KEYS: m, then k and l of each; ARGV: new incarnation, channel, origin, then what to tell of each.
  remove: `${KNOW}${SAY}
for n = 2, #KEYS, 2 do
  redis.call('UNLINK', KEYS[n], KEYS[n + 1])
  say(ARGV[3 + n / 2])
end
return 1`,

  // KEYS: m; ARGV: new incarnation, channel, origin, limit, tags. Above the limit, the older half of
  // the tags is forgotten, and the floor is raised to the highest count among them.
  invalidate: `${KNOW}${SAY}
local count = redis.call('HINCRBY', KEYS[1], 'c', 1)
for n = 5, #ARGV do
  redis.call('HSET', KEYS[1], 't:' .. ARGV[n], count)
  say('t ' .. ARGV[n])
end
local limit = tonumber(ARGV[4])
if redis.call('HLEN', KEYS[1]) - 4 > limit then
  local all = redis.call('HGETALL', KEYS[1])
  local tags = {}
  for n = 1, #all, 2 do
    if string.sub(all[n], 1, 2) == 't:' then tags[#tags + 1] = {all[n], tonumber(all[n + 1])} end
  end
  table.sort(tags, function(a, b) return a[2] < b[2] end)
  for n = 1, #tags - math.floor(limit / 2) do
    redis.call('HDEL', KEYS[1], tags[n][1])
    floor = math.max(floor, tags[n][2])
  end
  redis.call('HSET', KEYS[1], 'e', floor)
end
return count`,

  // KEYS: m; ARGV: new incarnation, channel, origin.
  clear: `${KNOW}${SAY}
local count = redis.call('HINCRBY', KEYS[1], 'c', 1)
redis.call('DEL', KEYS[1])
redis.call('HSET', KEYS[1], 'i', inc, 'c', count, 'e', count, 's', meta[4])
say('*')
return count`,

  // KEYS: l of each; ARGV: ms, then the fence of each.
  renew: `
for n = 1, #KEYS do
  local lease = redis.call('GET', KEYS[n])
  if lease and string.gsub(lease, 'w$', '') == ARGV[n + 1] then
    redis.call('PEXPIRE', KEYS[n], ARGV[1])
  end
end
return 1`,

  // KEYS: l; ARGV: channel, fence, what to tell.
  release: `
local lease = redis.call('GET', KEYS[1]) or ''
if string.gsub(lease, 'w$', '') ~= ARGV[2] then return 0 end
redis.call('UNLINK', KEYS[1])
if lease ~= ARGV[2] then redis.call('PUBLISH', ARGV[1], '+ ' .. ARGV[3]) end
return 1`,

  // KEYS: m, o; ARGV: new incarnation, session, ms, 1 to begin it → incarnation, s, 1 if it may write.
  pulse: `${KNOW}
local may = 0
if ARGV[4] == '1' then
  redis.call('SET', KEYS[2], ARGV[2], 'PX', ARGV[3])
  may = 1
elseif redis.call('GET', KEYS[2]) == ARGV[2] then
  redis.call('PEXPIRE', KEYS[2], ARGV[3])
  may = 1
end
return {inc, meta[4], may}`,
}

export type ScriptName = keyof typeof SCRIPTS

export interface Script {
  readonly text: string
  /** Its SHA-1, by which a server knows it. */
  readonly digest: string
}

/** Only what adds values may be refused by a server that is full: others free memory, or ask. */
const ADDING: readonly string[] = ["store", "write"]

export const scripts: Readonly<Record<ScriptName, Script>> = Object.fromEntries(
  Object.entries(SCRIPTS).map(([name, body]) => {
    const text = `#!lua${ADDING.includes(name) ? "" : " flags=allow-oom"}\n${body}`
    return [name, { text, digest: createHash("sha1").update(text).digest("hex") }]
  }),
) as Record<ScriptName, Script>
