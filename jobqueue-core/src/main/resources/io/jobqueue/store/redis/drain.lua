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
--#include order
-- WAITING | SCHEDULED → (none), the next to run first.
--
-- ARGV  queue, limit
-- Returns how many were erased
local queue, limit = ARGV[1], tonumber(ARGV[2])
local now = math.floor(clock_micros() / 1000)
observe(now)
local erased = 0

local function erase_all(entries)
  for _, entry_ in ipairs(entries) do
    local id = string.sub(entry_, 7)
    local job = standing(id)
    if job and names(job, id, entry_) then
      happened(KIND.REMOVED, id, job.failures, '')
      finish(id, job, CANCELLED, job.failures, now, 0, '')
      erased = erased + 1
    else
      redis.call('HINCRBY', stats, 'stale', -1)
    end
  end
end

local types = {}
for _, job_type in ipairs(redis.call('ZCARD', parked) > 0 and types_aside() or {}) do
  if redis.call('HEXISTS', paused, job_type) == 0 then
    types[#types + 1] = job_type
  end
end
for _ = 1, 10 do
  if erased >= limit then
    break
  end
  local entries = take(limit - erased, types)
  if #entries == 0 then
    break
  end
  erase_all(entries)
end
local aside = erased < limit and redis.call('ZRANGE', parked, 0, limit - erased - 1) or {}
for i, member in ipairs(aside) do
  redis.call('ZREM', parked, member)
  aside[i] = entry_aside(member)
end
erase_all(aside)
if erased < limit then
  local due = redis.call('ZRANGE', scheduled, 0, limit - erased - 1)
  if #due > 0 then
    redis.call('ZREM', scheduled, unpack(due))
    erase_all(due)
  end
end
write_ends(queue)
tell_events()
return erased
