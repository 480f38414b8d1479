#!lua flags=no-writes
--#include keys
-- Reads events in their order.
--
-- ARGV  number of the last event that is known, limit
-- Returns the number of the newest event, how many came after the known one and are not kept any more, then the events
local known, limit = tonumber(ARGV[1]), tonumber(ARGV[2])
local newest = tonumber(redis.call('GET', event_count) or '0')
local size = redis.call('LLEN', events)
local dropped = math.max(0, newest - size)
-- A number that was never given out comes from before the store lost its data.
local from = known > newest and 0 or known
local reply = { newest, math.max(0, dropped - from) }
local first = math.max(0, from - dropped)
for _, event in ipairs(redis.call('LRANGE', events, first, first + limit - 1)) do
  reply[#reply + 1] = event
end
return reply
