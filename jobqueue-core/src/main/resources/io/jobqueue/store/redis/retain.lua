#!lua flags=allow-oom
--#include keys
--#include clock
--#include formats
--#include notes
--#include ending
-- Keeps an ended job for a time from now.
--
-- ARGV  id, retention ms (0: removes it)
-- Returns 1, or 0 when there is no ended job of this id
local id, retention = ARGV[1], tonumber(ARGV[2])
local now = math.floor(clock_micros() / 1000)
local outcome = redis.call('HGET', outcomes, id)
if not outcome then
  return 0
end
local _, _, expires = struct.unpack(OUTCOME, outcome)
if expires <= now then
  return 0
end
if retention == 0 then
  erase(id, outcome)
else
  redis.call('HSET', outcomes, id,
    string.sub(outcome, 1, 7) .. struct.pack('>I6', now + retention) .. string.sub(outcome, 14))
  retain(now + retention, id)
end
return 1
