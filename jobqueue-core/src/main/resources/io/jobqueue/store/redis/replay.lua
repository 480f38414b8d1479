#!lua
--#include keys
--#include clock
--#include formats
--#include events
--#include signals
--#include index
--#include notes
--#include telling
--#include ending
-- FAILED | COMPLETED | CANCELLED → WAITING at the end, counted anew.
--
-- ARGV  ids
-- Returns '1' or '0' an id
local count = tonumber(ARGV[1])
local now = math.floor(clock_micros() / 1000)
observe(now)
local empty = nothing_waits()
local done = {}
for i = 1, count do
  local id = ARGV[i + 1]
  done[i] = '0'
  local outcome = redis.call('HGET', outcomes, id)
  local record = outcome and redis.call('HGET', jobs, id)
  if record then
    local _, _, expires = read_outcome(outcome)
    if expires > now then
      local job = read_record(record)
      local was_void = redis.call('HEXISTS', marks, id) == 1 and not job.unreadable
      revive(id, outcome)
      job.seq = next_sequence(1)
      job.since = now
      if was_void then
        redis.call('HSET', jobs, id, with_place(record, job.seq, job.priority))
      end
      redis.call('HSET', marks, id, pack_mark(job))
      wait_at_end(id, job.seq, job.priority)
      happened(KIND.REPLAYED, id, 0, '', record)
      done[i] = '1'
    end
  end
end
if empty and not nothing_waits() then
  offer_wake()
end
tell_events()
return table.concat(done)
