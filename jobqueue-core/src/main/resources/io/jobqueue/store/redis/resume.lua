#!lua flags=allow-oom
--#include keys
--#include clock
--#include formats
--#include signals
--#include index
--#include aside
-- Ends a pause and returns up to 100 jobs that it set aside to their old places.
--
-- ARGV  type, '' for every job, or a line break and the name of a worker
-- Returns how many were returned; call again while it is 100
local job_type = ARGV[1]
redis.call('HDEL', paused, job_type)
local from, to = type_aside(job_type)
local members = job_type == '' and {} or redis.call('ZRANGEBYLEX', parked, from, to, 'LIMIT', 0, 100)
for _, member in ipairs(members) do
  local id = string.sub(entry_aside(member), 7)
  local job = standing(id)
  redis.call('ZREM', parked, member)
  if job then
    wait_in_place(id, job.seq, job.priority)
  end
end
redis.call('DEL', informed)
local any_aside = redis.call('ZCARD', parked) > 0
if any_aside then
  redis.call('HSET', informed, '', '1')
end
if any_aside or not nothing_waits() or redis.call('ZCARD', scheduled) > 0 then
  offer_wake()
end
return #members
