#!lua flags=allow-oom
--#include keys
--#include clock
-- Takes the lead when it is free, or extends it.
--
-- ARGV  candidate, ttl ms
-- Returns the number of the term, or 0 when somebody else leads
local candidate, ttl = ARGV[1], tonumber(ARGV[2])
local now = math.floor(clock_micros() / 1000)
local term = redis.call('HMGET', leader, 'holder', 'number', 'deadline')
local number = tonumber(term[2] or '0')
local held = term[3] and tonumber(term[3]) > now
if held and term[1] ~= candidate then
  return 0
end
if not held then
  number = number + 1
end
redis.call('HSET', leader, 'holder', candidate, 'number', string.format('%.0f', number), 'deadline', now + ttl)
return number
