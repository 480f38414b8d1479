-- How jobs become due. Needs include/events.lua, include/signals.lua and include/index.lua.

-- What `standing` and `happened` need of many jobs: a table of standings and one of records by id. Records, which may be
-- large, are read only of the jobs that have no mark, or when somebody is told, and no more once they come to many bytes;
-- then those of the first of `ids`. Returns the tables and how many of `ids` they are for.
local function standings(ids)
  local MOST_BYTES, READ_AT_ONCE = 1048576, 16
  local known, records, bytes, count = {}, {}, 0, 0
  while count < #ids and bytes < MOST_BYTES do
    local last = math.min(count + READ_AT_ONCE, #ids)
    local marked = redis.call('HMGET', marks, unpack(ids, count + 1, last))
    local asked = {}
    for i = 1, last - count do
      local id = ids[count + i]
      known[id] = marked[i] and read_mark(marked[i])
      if watched or not known[id] then
        asked[#asked + 1] = id
      end
    end
    for i, record in ipairs(#asked > 0 and redis.call('HMGET', jobs, unpack(asked)) or {}) do
      if record then
        known[asked[i]] = known[asked[i]] or read_record(record)
        records[asked[i]] = record
        bytes = bytes + #record
      end
    end
    count = last
  end
  return known, records, count
end

-- Makes at most `limit` due jobs waiting, fewer when they are large, and says so by include/events.lua. Returns how many,
-- and the due time of the next or nil.
local function promote_due(now, limit)
  local first = redis.call('ZRANGE', scheduled, 0, 0, 'WITHSCORES')
  if not first[2] or tonumber(first[2]) > now then
    return 0, first[2]
  end
  local due = redis.call('ZRANGEBYSCORE', scheduled, '-inf', now, 'WITHSCORES', 'LIMIT', 0, limit)
  local empty = nothing_waits()
  local ids = {}
  for i = 1, #due, 2 do
    ids[#ids + 1] = string.sub(due[i], 7)
  end
  local known, records, count = standings(ids)
  local seq = next_sequence(count)
  local members, marked, at_end, in_place = {}, {}, {}, {}
  for i = 1, count do
    local id, job = ids[i], known[ids[i]]
    members[i] = due[2 * i - 1]
    if job and names(job, id, members[i]) then
      job.seq, job.since, job.unreadable = seq, tonumber(due[2 * i]), nil
      marked[#marked + 1] = id
      marked[#marked + 1] = pack_mark(job)
      if job.priority == 0 then
        at_end[#at_end + 1] = entry(seq, id)
      else
        in_place[#in_place + 1] = -job.priority
        in_place[#in_place + 1] = entry(seq, id)
      end
      happened(KIND.PROMOTED, id, job.failures, '', records[id])
      seq = seq + 1
    end
  end
  if #marked > 0 then
    redis.call('HSET', marks, unpack(marked))
  end
  if #at_end > 0 then
    redis.call('RPUSH', waiting, unpack(at_end))
  end
  if #in_place > 0 then
    redis.call('ZADD', prioritized, unpack(in_place))
  end
  redis.call('ZREM', scheduled, unpack(members))
  if empty then
    offer_wake()
  end
  return count, redis.call('ZRANGE', scheduled, 0, 0, 'WITHSCORES')[2]
end

local function until_due(due, now)
  if not due then
    return ''
  end
  return string.format('%.0f', math.max(0, tonumber(due) - now))
end
