#!lua flags=allow-oom
--#include keys
--#include clock
--#include formats
--#include notes
--#include ending
--#include leading
-- Removes ended jobs whose retention is over.
--
-- ARGV  holder, number of the term, limit
-- Returns -1 when the term is over; else how many were removed, and at least 1 when there may be more
local now = math.floor(clock_micros() / 1000)
if not leads(ARGV[1], ARGV[2], now) then
  return -1
end
local limit, removed, looked_at = tonumber(ARGV[3]), 0, 0
local keys = redis.call('ZRANGEBYSCORE', dedup_expiry, '-inf', now, 'LIMIT', 0, limit)
if #keys > 0 then
  redis.call('HDEL', dedup, unpack(keys))
  redis.call('ZREM', dedup_expiry, unpack(keys))
end
while removed < limit and looked_at < 10 * limit do
  local batch = redis.call('ZRANGEBYSCORE', retained, '-inf', now, 'WITHSCORES', 'LIMIT', 0, 1)
  if not batch[1] then
    break
  end
  local member, position = batch[1], 7
  while position <= #member and removed < limit and looked_at < 10 * limit do
    looked_at = looked_at + 1
    local stop = string.find(member, '\n', position, true) or #member + 1
    local id = string.sub(member, position, stop - 1)
    position = stop + 1
    local outcome = redis.call('HGET', outcomes, id)
    if outcome then
      local _, _, expires = read_outcome(outcome)
      if expires <= now or expires == NEVER then
        erase(id, outcome)
        removed = removed + 1
      end
    end
  end
  redis.call('ZREM', retained, member)
  if position <= #member then
    redis.call('ZADD', retained, batch[2], string.sub(member, 1, 6) .. string.sub(member, position))
  end
end
return looked_at >= 10 * limit and math.max(1, removed) or removed
