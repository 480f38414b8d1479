#!lua flags=no-writes
--#include keys
--#include clock
--#include formats
--#include reading
-- Reads many jobs.
--
-- ARGV  count, then ids
-- Returns per id nil, or what include/reading.lua says
local now = math.floor(clock_micros() / 1000)
local found = {}
for i = 1, tonumber(ARGV[1]) do
  found[i] = read(ARGV[i + 1], now) or false
end
return found
