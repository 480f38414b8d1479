#!lua flags=allow-oom
--#include keys
--#include clock
--#include holding
-- Stores a progress report of a claim that is current.
--
-- ARGV  session, id, fence (16 digits), report
-- Returns 1, or 0 when the claim is not current
local session, id, fence, report = unpack(ARGV)
if not is_current(session, id, fence, math.floor(clock_micros() / 1000)) then
  return 0
end
redis.call('HSET', progress, id, report)
return 1
