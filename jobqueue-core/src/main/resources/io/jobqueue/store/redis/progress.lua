#!lua flags=allow-oom
--#include keys
--#include clock
-- Stores a progress report of a claim that is current.
--
-- ARGV  session, id, fence (16 digits), report
-- Returns 1, or 0 when the claim is not current
local session, id, fence, report = unpack(ARGV)
local now = math.floor(clock_micros() / 1000)
local deadline = redis.call('ZSCORE', sessions, session)
if not deadline or tonumber(deadline) <= now or redis.call('HGET', claims, id) ~= session .. fence then
  return 0
end
redis.call('HSET', progress, id, report)
return 1
