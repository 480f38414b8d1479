#!lua flags=allow-oom
--#include keys
--#include clock
--#include formats
--#include events
--#include signals
--#include index
--#include promotion
--#include leading
-- Due SCHEDULED → WAITING.
--
-- ARGV  holder, number of the term, limit
-- Returns -1 when the term is over; else how many, ms until the next is due or ''
local now = math.floor(clock_micros() / 1000)
if not leads(ARGV[1], ARGV[2], now) then
  return -1
end
observe(now)
local promoted, due = promote_due(now, tonumber(ARGV[3]))
tell_events()
return { promoted, until_due(due, now) }
