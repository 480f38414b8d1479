-- Takes a job that has not started out of the index that holds it. Its list entry stays and is passed over later,
-- since finding it would cost a scan; whoever calls must leave no record or mark that names the entry's sequence,
-- nor a mark in front of such a record that goes before the record does.
-- Returns 'S' when it was scheduled, 'W' when it was waiting, 'L' when its entry stays in the list.
local function withdraw(id, job)
  local member = entry(job.seq, id)
  if redis.call('ZREM', scheduled, member) == 1 then
    return 'S'
  end
  if redis.call('ZREM', prioritized, member) == 1 then
    return 'W'
  end
  if redis.call('ZCARD', parked) > 0 then
    local record = redis.call('HGET', jobs, id)
    if record and redis.call('ZREM', parked, parked_entry(type_of(record), job.priority, member)) == 1 then
      return 'W'
    end
  end
  redis.call('HINCRBY', stats, 'stale', 1)
  return 'L'
end

-- A mark that names no entry: what the list still holds of the job is passed over.
local function void(id, job)
  job.seq = 0
  redis.call('HSET', marks, id, pack_mark(job))
end
