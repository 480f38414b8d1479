#!lua flags=allow-oom
--#include keys
--#include clock
--#include formats
--#include events
--#include notes
--#include telling
--#include ending
-- Keeps an ended job for a time from now.
--
-- ARGV  id, retention ms (0: removes it)
-- Returns 1, or 0 when there is no ended job of this id
local id, retention = ARGV[1], tonumber(ARGV[2])
local now = math.floor(clock_micros() / 1000)
observe(now)
local outcome = redis.call('HGET', outcomes, id)
if not outcome then
  return 0
end
local state, _, expires, begun = read_outcome(outcome)
if expires <= now then
  return 0
end
if retention == 0 then
  happened(KIND.REMOVED, id, begun, '')
  erase(id, outcome)
  tell_events()
else
  if is_format(outcome, OUTCOME_SIZE) then
    redis.call('HSET', outcomes, id,
      string.sub(outcome, 1, 8) .. struct.pack('>I6', now + retention) .. string.sub(outcome, 15))
  end
  retain(state, now + retention, id)
end
return 1
