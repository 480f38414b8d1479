-- How jobs end. Ends are gathered by `finish` and written by `write_ends`, one command a kind for any number. Needs
-- include/telling.lua.
local somebody_waits = redis.call('HLEN', waiters) > 0
local keys_are_held = redis.call('HLEN', dedup_of) > 0
local ended, kept, gone, told, buried = {}, {}, {}, {}, {}
local expiring, counted = { {}, {}, {} }, {}

local function keep(id, header, state, expires, data)
  kept[#kept + 1] = id
  kept[#kept + 1] = header .. data
  local batch = expiring[state][expires]
  if not batch then
    batch = {}
    expiring[state][expires] = batch
  end
  batch[#batch + 1] = id
  counted[state] = (counted[state] or 0) + 1
end

-- job: its standing, with the worker whose attempt ends it, if one does. begun: attempts. retention: milliseconds, 0 removes it at once. data: result or error, bytes only Java reads.
local function finish(id, job, state, begun, now, retention, data)
  ended[#ended + 1] = id
  if somebody_waits then
    told[#told + 1] = end_to_tell(state, data, retention == 0)
  end
  if retention == 0 then
    gone[#gone + 1] = id
    return
  end
  local expires = now + retention
  local header = pack_outcome(state, now, expires, begun, job.crashes, job.fence, job.worker or '')
  keep(id, header, state, expires, data)
  if state == FAILED then
    buried[#buried + 1] = now
    buried[#buried + 1] = id
  end
end

local function retain(state, expires, ids)
  redis.call('ZADD', retained[state], expires, struct.pack('>I6', redis.call('INCR', sequence)) .. ids)
end

-- Frees the dedup key a job holds for its life. Entries of dedup: mode, expiry ms, id; see dedup.lua.
local function free_key(id)
  local key = redis.call('HGET', dedup_of, id)
  if not key then
    return
  end
  redis.call('HDEL', dedup_of, id)
  local held = redis.call('HGET', dedup, key)
  if held and string.sub(held, 8) == id then
    redis.call('HDEL', dedup, key)
    redis.call('ZREM', dedup_expiry, key)
  end
end

local function free_keys(ids)
  if keys_are_held then
    for _, id in ipairs(ids) do
      free_key(id)
    end
  end
end

local function write_ends(queue)
  if #ended == 0 then
    return
  end
  free_keys(ended)
  if redis.call('HLEN', marks) > 0 then
    redis.call('HDEL', marks, unpack(ended))
  end
  if redis.call('HLEN', errors) > 0 then
    redis.call('HDEL', errors, unpack(ended))
  end
  if #gone > 0 then
    redis.call('HDEL', jobs, unpack(gone))
    drop_notes(gone)
  end
  if #kept > 0 then
    redis.call('HSET', outcomes, unpack(kept))
  end
  for state, batches in ipairs(expiring) do
    for expires, batch in pairs(batches) do
      retain(state, expires, table.concat(batch, '\n'))
    end
  end
  if #buried > 0 then
    redis.call('ZADD', dead, unpack(buried))
  end
  if counted[COMPLETED] then
    redis.call('HINCRBY', stats, 'completed', counted[COMPLETED])
  end
  if counted[CANCELLED] then
    redis.call('HINCRBY', stats, 'cancelled', counted[CANCELLED])
  end
  if somebody_waits then
    tell_waiters(queue, ended, told, redis.call('HMGET', waiters, unpack(ended)))
  end
end

-- Forgets that jobs have ended; no id comes twice.
local function revive_all(ids, their_outcomes)
  local completed, cancelled, failed = 0, 0, {}
  for i, id in ipairs(ids) do
    local state = read_outcome(their_outcomes[i])
    if state == COMPLETED then
      completed = completed + 1
    elseif state == CANCELLED then
      cancelled = cancelled + 1
    else
      failed[#failed + 1] = id
    end
  end
  if completed > 0 then
    redis.call('HINCRBY', stats, 'completed', -completed)
  end
  if cancelled > 0 then
    redis.call('HINCRBY', stats, 'cancelled', -cancelled)
  end
  if #failed > 0 then
    redis.call('ZREM', dead, unpack(failed))
  end
  redis.call('HDEL', outcomes, unpack(ids))
  redis.call('HDEL', marks, unpack(ids))
  redis.call('HDEL', errors, unpack(ids))
  drop_notes(ids)
end

local function revive(id, outcome)
  revive_all({ id }, { outcome })
end

-- Removes what is kept of jobs that have ended.
local function erase_all(ids, their_outcomes)
  revive_all(ids, their_outcomes)
  redis.call('HDEL', jobs, unpack(ids))
end

local function erase(id, outcome)
  erase_all({ id }, { outcome })
end
