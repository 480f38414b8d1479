#!lua flags=allow-oom
--#include keys
--#include clock
--#include formats
--#include events
--#include signals
--#include index
--#include aside
--#include notes
--#include telling
--#include ending
--#include withdraw
-- Any state but ACTIVE → (none).
--
-- ARGV  queue, id
-- Returns 'R' removed, 'A' active, 'N' not found
local queue, id = ARGV[1], ARGV[2]
local now = math.floor(clock_micros() / 1000)
observe(now)
local outcome = redis.call('HGET', outcomes, id)
if outcome then
  local _, _, expires, begun = read_outcome(outcome)
  if expires <= now then
    return 'N'
  end
  happened(KIND.REMOVED, id, begun, '')
  tell_events()
  erase(id, outcome)
  return 'R'
end
if redis.call('HEXISTS', claims, id) == 1 then
  return 'A'
end
local job = standing(id)
if not job then
  return 'N'
end
happened(KIND.REMOVED, id, job.failures, '')
withdraw(id, job)
finish(id, job, CANCELLED, job.failures, now, 0, '')
write_ends(queue)
tell_events()
return 'R'
