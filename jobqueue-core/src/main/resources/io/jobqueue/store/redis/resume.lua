#!lua flags=allow-oom
--#include keys
--#include clock
--#include formats
--#include index
-- Ends a pause and returns up to 100 jobs that it set aside to their old places.
--
-- ARGV  type, '' for every job, or a line break and the name of a worker
-- Returns how many were returned; call again while it is 100
local job_type = ARGV[1]
redis.call('HDEL', paused, job_type)
local from = job_type .. '\n'
local members = job_type == '' and {}
  or redis.call('ZRANGEBYLEX', parked, '[' .. from, '(' .. from .. '\255', 'LIMIT', 0, 100)
for _, member in ipairs(members) do
  local entry_ = string.sub(member, #from + 1)
  local id = string.sub(entry_, 7)
  local job = standing(id)
  redis.call('ZREM', parked, member)
  if job then
    wait_in_place(id, job.seq, job.priority)
  end
end
if not nothing_waits() or redis.call('ZCARD', scheduled) > 0 then
  offer_wake()
end
return #members
