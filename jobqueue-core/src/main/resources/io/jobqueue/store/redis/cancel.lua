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
-- SCHEDULED | WAITING → CANCELLED; an ACTIVE job is flagged and its worker told.
--
-- ARGV  queue, id, retention ms, channel of the workers
-- Returns 'C' cancelled, 'R' requested, 'E' ended before, 'N' not found
local queue, id, retention, channel = ARGV[1], ARGV[2], tonumber(ARGV[3]), ARGV[4]
local now = math.floor(clock_micros() / 1000)
local outcome = redis.call('HGET', outcomes, id)
if outcome then
  local _, _, expires = read_outcome(outcome)
  return expires > now and 'E' or 'N'
end
observe(now)
local job = standing(id)
if not job or redis.call('HEXISTS', jobs, id) == 0 then
  return 'N'
end
local token = redis.call('HGET', claims, id)
if token then
  local fence = string.sub(token, -16)
  redis.call('HSET', cancels, id, fence .. ARGV[3])
  redis.call(PUBLISH, channel, fence .. id)
  happened(KIND.CANCEL_REQUESTED, id, job.failures + 1, '')
  tell_events()
  return 'R'
end
local attempts = job.failures
happened(KIND.CANCELLED, id, attempts, '')
local from = withdraw(id, job)
finish(id, job, CANCELLED, attempts, now, retention, '')
write_ends(queue)
if from == 'L' and retention > 0 then
  void(id, job)
end
tell_events()
return 'C'
