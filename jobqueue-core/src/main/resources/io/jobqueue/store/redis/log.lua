#!lua
--#include keys
--#include clock
--#include notes
--#include holding
-- Appends lines to the log of a claim that is current.
--
-- ARGV  session, id, fence (16 digits), lines (1 to 100), then the lines
-- Returns 1, or 0 when the claim is not current
local session, id, fence, lines = ARGV[1], ARGV[2], ARGV[3], tonumber(ARGV[4])
local now = math.floor(clock_micros() / 1000)
if not is_current(session, id, fence, now) then
  return 0
end
local written = redis.call('HINCRBY', log, id, lines)
local placed = {}
for i, place in ipairs(log_places(id, written - lines, written - 1)) do
  placed[#placed + 1] = place
  placed[#placed + 1] = struct.pack('>I6', now) .. ARGV[4 + i]
end
redis.call('HSET', log, unpack(placed))
return 1
