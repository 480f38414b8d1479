#!lua
--#include keys
--#include clock
--#include formats
--#include events
--#include signals
--#include index
--#include aside
--#include withdraw
-- Changes a job that is SCHEDULED or WAITING.
--
-- ARGV  id, priority or '', ms until it is due or '' (0: waits at the end), '1' when there is a payload, payload,
--       'S' when it must be scheduled, else ''
-- Returns 1, or 0 when the job is in neither state; -1 when its record cannot be read, then nothing changed
local id, priority, delay, has_payload, payload, only = unpack(ARGV)
local now = math.floor(clock_micros() / 1000)
if redis.call('HEXISTS', outcomes, id) == 1 or redis.call('HEXISTS', claims, id) == 1 then
  return 0
end
local job = standing(id)
if not job then
  return 0
end
local record = redis.call('HGET', jobs, id)
if not record or not type_range(record) then
  return record and -1 or 0
end
local due = redis.call('ZSCORE', scheduled, entry(job.seq, id))
if only == 'S' and not due then
  return 0
end
observe(now)
if priority ~= '' or delay ~= '' then
  local empty = nothing_waits()
  local its_priority = priority ~= '' and tonumber(priority) or job.priority
  if delay ~= '' then
    withdraw(id, job)
    job.priority = its_priority
    job.seq = next_sequence(1)
    job.since = now
    if tonumber(delay) > 0 then
      schedule(id, job.seq, now + tonumber(delay))
    else
      wait_at_end(id, job.seq, job.priority)
    end
  elseif not due then
    withdraw(id, job)
    job.priority = its_priority
    job.seq = next_sequence(1)
    wait_at_end(id, job.seq, job.priority)
  else
    job.priority = its_priority
  end
  redis.call('HSET', marks, id, pack_mark(job))
  if empty and not nothing_waits() then
    offer_wake()
  end
end
record = with_place(record, job.seq, job.priority)
if has_payload == '1' then
  record = with_payload(record, payload)
end
redis.call('HSET', jobs, id, record)
happened(only == 'S' and KIND.PROMOTED or KIND.CHANGED, id, job.failures, '', record)
tell_events()
return 1
