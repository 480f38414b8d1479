-- The standing of a job that has not ended: its mark, else what its record says; nil when there is none.
local function standing(id)
  local mark = redis.call('HGET', marks, id)
  local marked = mark and read_mark(mark)
  if marked then
    return marked
  end
  local record = redis.call('HGET', jobs, id)
  return record and read_record(record)
end

local function next_sequence(count)
  return MIDDLE + redis.call('INCRBY', sequence, count) - count
end

-- Puts a job among the waiting at the place its sequence gives it, however old that is.
local function wait_in_place(id, seq, priority)
  redis.call('ZADD', prioritized, -priority, entry(seq, id))
end

-- Lets a job that was claimed wait again where it waited before; at the end when that cannot be read.
local function give_back(id, job, now)
  if job.unreadable then
    job.seq = next_sequence(1)
  end
  job.since = now
  redis.call('HSET', marks, id, pack_mark(job))
  wait_in_place(id, job.seq, job.priority)
end

-- Puts a job behind all that wait. Its sequence must be new.
local function wait_at_end(id, seq, priority)
  if priority == 0 then
    redis.call('RPUSH', waiting, entry(seq, id))
  else
    wait_in_place(id, seq, priority)
  end
end

local function schedule(id, seq, due)
  local first = redis.call('ZRANGE', scheduled, 0, 0, 'WITHSCORES')
  redis.call('ZADD', scheduled, due, entry(seq, id))
  if (not first[2] or due < tonumber(first[2])) and redis.call('HEXISTS', paused, '') == 0 then
    offer_wake()
  end
end

-- Where an unreadable record names no entry, each entry counts.
local function names(job, id, member)
  return job.unreadable or entry(job.seq, id) == member
end

-- Tells of a job that runs; needs include/events.lua.
local function happened_in_run(kind, id, detail)
  if watched then
    happened(kind, id, standing(id).failures + 1, detail)
  end
end
