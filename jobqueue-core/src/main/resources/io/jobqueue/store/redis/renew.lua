#!lua flags=allow-oom
--#include keys
--#include clock
-- Extends the lease of a session that still holds it.
--
-- ARGV  session, lease ms
-- Returns 0 when the lease had run out; else id and fence of every claim of the session that is to be cancelled
local session, lease = ARGV[1], tonumber(ARGV[2])
local now = math.floor(clock_micros() / 1000)
local deadline = redis.call('ZSCORE', sessions, session)
if not deadline or tonumber(deadline) <= now then
  return 0
end
redis.call('ZADD', sessions, now + lease, session)
local reply = {}
if redis.call('HLEN', cancels) > 0 then
  local flagged = redis.call('HGETALL', cancels)
  for i = 1, #flagged, 2 do
    local fence = string.sub(flagged[i + 1], 1, 16)
    if redis.call('HGET', claims, flagged[i]) == session .. fence then
      reply[#reply + 1] = flagged[i]
      reply[#reply + 1] = fence
    end
  end
end
return reply
