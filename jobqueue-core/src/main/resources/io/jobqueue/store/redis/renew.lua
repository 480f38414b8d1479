#!lua flags=allow-oom
--#include keys
--#include clock
-- Extends the lease of a session that still holds it.
--
-- ARGV  session, lease ms, cursor ('0': first)
-- Returns 0 when the lease had run out; else the next cursor ('0': last), then id and fence of each claim of the session
--         that is to be cancelled, of one page of those of the queue
local session, lease, cursor = ARGV[1], tonumber(ARGV[2]), ARGV[3]
local now = math.floor(clock_micros() / 1000)
local deadline = redis.call('ZSCORE', sessions, session)
if not deadline or tonumber(deadline) <= now then
  return 0
end
redis.call('ZADD', sessions, now + lease, session)
local reply = { '0' }
if redis.call('HLEN', cancels) > 0 then
  local page = redis.call('HSCAN', cancels, cursor, 'COUNT', 250)
  reply[1] = page[1]
  for i = 1, #page[2], 2 do
    local fence = string.sub(page[2][i + 1], 1, 16)
    if redis.call('HGET', claims, page[2][i]) == session .. fence then
      reply[#reply + 1] = page[2][i]
      reply[#reply + 1] = fence
    end
  end
end
return reply
