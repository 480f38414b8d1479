#!lua flags=allow-oom
--#include keys
--#include clock
--#include formats
--#include events
--#include notes
--#include telling
--#include ending
--#include scanning
-- Erases jobs of one page of the outcomes that ended in a state long enough ago.
--
-- ARGV  state (1 2 3), longest age ms, limit, cursor
-- Returns the next cursor ('0': done), how many were erased
local state, age, limit, cursor = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3]), ARGV[4]
local now = math.floor(clock_micros() / 1000)
observe(now)
local page = redis.call('HSCAN', outcomes, cursor, 'COUNT', scan_size(outcomes, 100))
local erased = 0
for i = 1, #page[2], 2 do
  local its_state, finished, _, begun = read_outcome(page[2][i + 1])
  if erased < limit and its_state == state and finished <= now - age then
    happened(KIND.REMOVED, page[2][i], begun, '')
    erase(page[2][i], page[2][i + 1])
    erased = erased + 1
  end
end
tell_events()
return { page[1], erased }
