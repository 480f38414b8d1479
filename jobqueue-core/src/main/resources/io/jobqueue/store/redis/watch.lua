#!lua flags=allow-oom
--#include keys
--#include clock
-- Lets events be kept for a time from now, or as long as somebody else has asked for.
--
-- ARGV  ms
-- Returns the number of the newest event, 1 when nobody had listened until now
local now = math.floor(clock_micros() / 1000)
local newest = tonumber(redis.call('GET', event_count) or '0')
local deadline = tonumber(redis.call('GET', watch) or '0')
redis.call('SET', watch, string.format('%.0f', math.max(deadline, now + tonumber(ARGV[1]))))
return { newest, deadline <= now and 1 or 0 }
