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
-- Returns how many were erased, 1 when there were so many void entries that the call has not come to the end, else 0
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
local pages, more = 0, true
while more and erased < limit and pages < 10 do
  local entries, came_from = heads(limit - erased, types)
  more = #entries > 0
  if more then
    leave(came_from, #entries)
  end
  erase_all(entries)
  pages = pages + 1
end
local aside = not more and redis.call('ZRANGE', parked, 0, limit - erased - 1) or {}
for i, member in ipairs(aside) do
  redis.call('ZREM', parked, member)
  aside[i] = entry_aside(member)
end
erase_all(aside)
if not more and erased < limit then
  local due = redis.call('ZRANGE', scheduled, 0, limit - erased - 1)
  if #due > 0 then
    redis.call('ZREM', scheduled, unpack(due))
    erase_all(due)
  end
end
write_ends(queue)
tell_events()
return { erased, more and 1 or 0 }
