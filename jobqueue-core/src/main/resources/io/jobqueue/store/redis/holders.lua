#!lua flags=no-writes
--#include keys
--#include clock
--#include dedup
-- Tells who holds dedup keys.
--
-- ARGV  count, keys
-- Returns an id a key, '' where it is free
local now = math.floor(clock_micros() / 1000)
local holders = {}
for i = 1, tonumber(ARGV[1]) do
  local held, id = key_holder(ARGV[i + 1], now)
  holders[i] = held and id or ''
end
return holders
