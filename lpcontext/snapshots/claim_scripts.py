"""The scripts of `claims.py`: what Redis does in one go, so that no two workers ever hold one subject.

Each begins with `now`, Redis' time in epoch ms.
"""

from __future__ import annotations

# KEYS: queue, claims, watches, circuit, when this was last run: where that is still to come, Redis' clock was set back
# (or a replica with another has taken over), and all that waits for a moment goes back with it.
# ARGV: 1 token, 2 most, 3 claim ms, 4 slack ms, 5 prefix of subjects, 6 'v' where what is kept is wanted,
# 7 pace ms (0: none), 8 probe ms, 9 account keep ms, 10 longest watch ms
TAKE = """
local most, gate, probe, taken = tonumber(ARGV[2]), 0, 0, {}
local last = tonumber(redis.call('GET', KEYS[5]) or '0')
if now < last - 1000 then
  local back = last - now
  local waiting = redis.call('ZRANGE', KEYS[1], 0, -1, 'WITHSCORES')
  for i = 1, #waiting, 2 do redis.call('ZADD', KEYS[1], waiting[i + 1] - back, waiting[i]) end
  for _, name in ipairs(redis.call('ZRANGEBYSCORE', KEYS[3], now + ARGV[10], '+inf')) do
    redis.call('ZADD', KEYS[3], now + ARGV[10], name)
  end
  for _, field in ipairs({'until', 'probing', 'round'}) do
    local moment = tonumber(redis.call('HGET', KEYS[4], field) or '0')
    if moment > 0 then redis.call('HSET', KEYS[4], field, moment - back) end
  end
end
redis.call('SET', KEYS[5], now, 'PX', ARGV[9])
local circuit = redis.call('HMGET', KEYS[4], 'until', 'probing', 'round', 'failures')
local closed_until = tonumber(circuit[1] or '0')
if closed_until > 0 then
  local probing = tonumber(circuit[2] or '0')
  if now < closed_until then gate = closed_until
  elseif now < probing then gate = probing
  else probe = 1 end
end
local round = tonumber(circuit[3] or '0')
local slack = now + tonumber(ARGV[4])
if gate == 0 and tonumber(ARGV[7]) > 0 and now < round then
  return {now, 0, 0, tonumber(circuit[4] or '0'), tostring(round), taken}
end
if probe == 1 then most = 1 end
local names = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', slack, 'LIMIT', 0, most)
while #names > 0 do
  local dropped = 0
  for _, name in ipairs(names) do
    local watched = tonumber(redis.call('ZSCORE', KEYS[3], name) or '0')
    local about = watched > now and redis.call('HMGET', ARGV[5] .. name, 'k', 'm', 'n', ARGV[6])
    if about and about[1] then
      local token = ARGV[1] .. ':' .. #taken
      redis.call('HSET', KEYS[2], name, token)
      redis.call('ZADD', KEYS[1], now + ARGV[3], name)
      taken[#taken + 1] = {name, token, about[1], about[2], about[3], about[4]}
    else
      redis.call('ZREM', KEYS[1], name)
      redis.call('HDEL', KEYS[2], name)
      redis.call('ZREM', KEYS[3], name)
      dropped = dropped + 1
    end
  end
  if #taken > 0 or dropped == 0 then break end
  names = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', slack, 'LIMIT', 0, most)
end
if #taken > 0 then
  redis.call('PEXPIRE', KEYS[1], ARGV[9])
  redis.call('PEXPIRE', KEYS[2], ARGV[9])
  if probe == 1 then redis.call('HSET', KEYS[4], 'probing', now + ARGV[8]) end
  if gate == 0 and tonumber(ARGV[7]) > 0 then
    redis.call('HSET', KEYS[4], 'round', now + ARGV[7])
    redis.call('PEXPIRE', KEYS[4], ARGV[9])
  end
end
local first = redis.call('ZRANGE', KEYS[1], 0, 0, 'WITHSCORES')
return {now, gate, probe, tonumber(circuit[4] or '0'), first[2] or '', taken}
"""

# KEYS: queue, claims. ARGV: 1 prefix of subjects, 2 keep ms, 3 channel, then per subject: name, token, due, m, n, v.
# Empty: left as it is ('-' for v: forget all that was kept). Only what is still in memory is written to.
COMPLETE = """
local kept, written = {}, {}
for i = 4, #ARGV, 6 do
  local name, due = ARGV[i], ARGV[i + 2]
  if redis.call('HGET', KEYS[2], name) == ARGV[i + 1] then
    redis.call('HDEL', KEYS[2], name)
    if due == '' then redis.call('ZREM', KEYS[1], name) else redis.call('ZADD', KEYS[1], due, name) end
    local subject = ARGV[1] .. name
    local key = redis.call('HGET', subject, 'k')
    if key then
      if ARGV[i + 5] == '-' then
        redis.call('DEL', subject)
        redis.call('HSET', subject, 'k', key)
      elseif ARGV[i + 5] ~= '' then redis.call('HSET', subject, 'v', ARGV[i + 5]) end
      redis.call('HSET', subject, 'm', ARGV[i + 3])
      if ARGV[i + 4] ~= '' then redis.call('HSET', subject, 'n', ARGV[i + 4]) end
      redis.call('PEXPIRE', subject, ARGV[2], 'NX')
      written[#written + 1] = name .. string.format('%04x', #ARGV[i + 3]) .. ARGV[i + 3]
      kept[#kept + 1] = name
    end
  end
end
if #written > 0 then redis.call('PUBLISH', ARGV[3], table.concat(written)) end
return {now, kept}
"""

# KEYS: queue, claims. ARGV: ms from now, '1' to give back, then (name, token) pairs.
RENEW = """
for i = 3, #ARGV, 2 do
  if redis.call('HGET', KEYS[2], ARGV[i]) == ARGV[i + 1] then
    redis.call('ZADD', KEYS[1], 'XX', now + ARGV[1], ARGV[i])
    if ARGV[2] == '1' then redis.call('HDEL', KEYS[2], ARGV[i]) end
  end
end
return {now}
"""

# KEYS: queue, claims. ARGV: most ms to spread over; then names, or none for all.
MAKE_DUE = """
local names, moved = {}, 0
if #ARGV > 1 then for i = 2, #ARGV do names[#names + 1] = ARGV[i] end
else names = redis.call('ZRANGEBYSCORE', KEYS[1], now, '+inf') end
for _, name in ipairs(names) do
  if redis.call('HEXISTS', KEYS[2], name) == 0 then
    redis.call('ZADD', KEYS[1], 'XX', now + math.floor(tonumber(ARGV[1]) * moved / #names), name)
    moved = moved + 1
  end
end
return {now}
"""
