#!lua flags=allow-oom
--#include keys
--#include clock
--#include formats
--#include events
--#include signals
--#include index
--#include holding
-- Stores a progress report of a claim that is current.
--
-- ARGV  session, id, fence (16 digits), report
-- Returns 1, or 0 when the claim is not current
local session, id, fence, report = unpack(ARGV)
local now = math.floor(clock_micros() / 1000)
if not is_current(session, id, fence, now) then
  return 0
end
observe(now)
redis.call('HSET', progress, id, report)
happened_in_run(KIND.PROGRESSED, id, report)
tell_events()
return 1
