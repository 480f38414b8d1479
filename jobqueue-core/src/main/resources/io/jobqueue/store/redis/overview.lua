#!lua flags=no-writes
--#include keys
--#include formats
--#include signals
--#include index
--#include aside
--#include order
-- Sums up a queue from the sizes and the heads of its indexes.
--
-- Returns since when the oldest of the jobs waits that are next in the lines of default, highest and lowest priority, or of a type that stands aside, ms or ''; when a job was last enqueued, claimed or
--         settled, ms or ''; 1 when all is paused; then the types that are paused
local MOST_PASSED_OVER = 100
local pauses = redis.call('HLEN', paused) > 0
local oldest

-- The first of these entries that could be claimed: void ones and those of paused types are passed over.
local function head_of(entries)
  for _, member in ipairs(entries) do
    local id = string.sub(member, 7)
    local record = redis.call('HGET', jobs, id)
    local job = record and standing(id)
    if job and entry(job.seq, id) == member
        and not (pauses and redis.call('HEXISTS', paused, type_of(record)) == 1) then
      return job
    end
  end
  return nil
end

local function first_of(score)
  return score and head_of(redis.call('ZRANGEBYSCORE', prioritized, score, score, 'LIMIT', 0, MOST_PASSED_OVER))
end

local function compare(job)
  if job and (not oldest or job.since < oldest) then
    oldest = job.since
  end
end

local function score_of(command, from, to)
  return redis.call(command, prioritized, from, to, 'WITHSCORES', 'LIMIT', 0, 1)[2]
end

local head = head_of(redis.call('LRANGE', waiting, 0, MOST_PASSED_OVER - 1))
local returned = first_of(0)
compare(head and returned and (head.seq < returned.seq and head or returned) or head or returned)
if redis.call('ZCARD', prioritized) > 0 then
  compare(first_of(score_of('ZRANGEBYSCORE', '-inf', '(0') or score_of('ZRANGEBYSCORE', '(0', '+inf')))
  compare(first_of(score_of('ZREVRANGEBYSCORE', '+inf', '(0') or score_of('ZREVRANGEBYSCORE', '(0', '-inf')))
end
for _, job_type in ipairs(redis.call('ZCARD', parked) > 0 and types_aside() or {}) do
  if not (pauses and redis.call('HEXISTS', paused, job_type) == 1) then
    local from, to = type_aside(job_type)
    local first = redis.call('ZRANGEBYLEX', parked, from, to, 'LIMIT', 0, 1)[1]
    compare(first and standing(string.sub(entry_aside(first), 7)))
  end
end
local reply = {
  oldest and string.format('%.0f', oldest) or '',
  redis.call('HGET', stats, 'activity') or '',
  redis.call('HEXISTS', paused, ''),
}
for _, name in ipairs(redis.call('HKEYS', paused)) do
  local is_worker = string.sub(name, 1, 1) == '\n'
  if name ~= '' and not is_worker then
    reply[#reply + 1] = name
  end
end
return reply
