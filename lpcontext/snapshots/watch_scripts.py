"""The scripts of `watches.py`. Each begins with `now`, Redis' time in epoch ms."""

from __future__ import annotations

# KEYS: subject, queue, watches. ARGV: 1 name, 2 watch ms, 3 keep ms, 4 account keep ms
WATCH = """
redis.call('ZADD', KEYS[3], now + ARGV[2], ARGV[1])
redis.call('PEXPIRE', KEYS[3], ARGV[4])
redis.call('PEXPIRE', KEYS[1], ARGV[3])
return {now, redis.call('HGET', KEYS[1], 'm'), redis.call('ZSCORE', KEYS[2], ARGV[1])}
"""

# True for the first who finds an account without a shift: whoever requests one sends a task, once.
REQUEST_SHIFT = """
local function request_shift(lease, request, again_ms)
  if redis.call('EXISTS', lease) == 1 then return 0 end
  return redis.call('SET', request, '1', 'NX', 'PX', again_ms) and 1 or 0
end
"""

# KEYS: subject, queue, claims, watches, lease, shift request, active accounts, account.
# ARGV: 1 name, 2 after ms, 3 key, 4 status, 5 keep ms, 6 account keep ms, 7 account id, 8 name that it is watched with,
# 9 account, 10 ms between requests for a shift, 11 channel of accounts, 12 status it stands instead of, 13 '1' to
# forget all else, 14 channel of statuses
ENQUEUE = (
    REQUEST_SHIFT
    + """
local name, due = ARGV[1], now + ARGV[2]
redis.call('HSET', KEYS[1], 'k', ARGV[3])
local is_claimed = redis.call('HEXISTS', KEYS[3], name) == 1
local held = redis.call('HGET', KEYS[1], 'm')
if not held then redis.call('HSET', KEYS[1], 'm', ARGV[4])
elseif ARGV[12] ~= '' and held == ARGV[12] and not is_claimed then
  if ARGV[13] == '1' then
    redis.call('DEL', KEYS[1])
    redis.call('HSET', KEYS[1], 'k', ARGV[3])
  end
  redis.call('HSET', KEYS[1], 'm', ARGV[4])
  redis.call('PUBLISH', ARGV[14], name .. string.format('%04x', #ARGV[4]) .. ARGV[4])
end
redis.call('PEXPIRE', KEYS[1], ARGV[5], 'NX')
local score = redis.call('ZSCORE', KEYS[2], name)
if not score or (tonumber(score) > due and not is_claimed) then
  redis.call('ZADD', KEYS[2], due, name)
  redis.call('PEXPIRE', KEYS[2], ARGV[6])
end
if ARGV[8] ~= '' then
  local watched = redis.call('ZSCORE', KEYS[4], ARGV[8])
  if watched then redis.call('ZADD', KEYS[4], 'GT', watched, name) end
end
redis.call('SET', KEYS[8], ARGV[7], 'PX', ARGV[6])
redis.call('ZADD', KEYS[7], now, ARGV[9])
redis.call('PEXPIRE', KEYS[7], ARGV[6])
redis.call('PUBLISH', ARGV[11], ARGV[9])
return {now, request_shift(KEYS[5], KEYS[6], ARGV[10])}
"""
)

# KEYS: watches, lease, shift request, active accounts, account, then the queues.
# ARGV: 1 account, 2 watch ms, 3 keep ms, 4 account keep ms, 5 ms between requests for a shift, 6 prefix of subjects,
# then (place in KEYS of its queue, name) pairs
WATCH_MANY = (
    REQUEST_SHIFT
    + """
local missing, waiting = {}, 0
for i = 7, #ARGV, 2 do
  local name = ARGV[i + 1]
  redis.call('ZADD', KEYS[1], now + ARGV[2], name)
  redis.call('PEXPIRE', ARGV[6] .. name, ARGV[3])
  if redis.call('ZSCORE', KEYS[tonumber(ARGV[i])], name) then waiting = waiting + 1
  else missing[#missing + 1] = name end
end
redis.call('PEXPIRE', KEYS[1], ARGV[4])
redis.call('ZADD', KEYS[4], now, ARGV[1])
redis.call('PEXPIRE', KEYS[4], ARGV[4])
redis.call('PEXPIRE', KEYS[5], ARGV[4])
return {now, waiting > 0 and request_shift(KEYS[2], KEYS[3], ARGV[5]) or 0, missing}
"""
)
