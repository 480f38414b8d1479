-- How jobs end. Ends are gathered by `finish` and written by `write_ends`, one command a kind for any number.
local LARGEST_TOLD = 8192
local NOT_TOLD = 4294967295
local ends = { ids = {}, kept = {}, gone = {}, told = {}, dead = {}, expiry = {}, completed = 0, cancelled = 0 }

-- job: its standing. retention: milliseconds, 0 removes it at once. data: result or error, bytes only Java reads.
local function finish(id, job, state, attempts, now, retention, data)
  ends.ids[#ends.ids + 1] = id
  ends.told[#ends.told + 1] = { state = state, data = data, whole = retention == 0 or #data <= LARGEST_TOLD }
  if retention == 0 then
    ends.gone[#ends.gone + 1] = id
    return
  end
  local expires = now + retention
  ends.kept[#ends.kept + 1] = id
  ends.kept[#ends.kept + 1] =
    struct.pack(OUTCOME, state, now, expires, attempts, job.crashes, job.fence) .. data
  local batch = ends.expiry[expires]
  if not batch then
    batch = {}
    ends.expiry[expires] = batch
  end
  batch[#batch + 1] = struct.pack('>I2', #id) .. id
  if state == COMPLETED then
    ends.completed = ends.completed + 1
  elseif state == CANCELLED then
    ends.cancelled = ends.cancelled + 1
  else
    ends.dead[#ends.dead + 1] = now
    ends.dead[#ends.dead + 1] = id
  end
end

-- Each channel gets one message: the queue, then a frame a job.
local function tell_waiters(queue)
  if redis.call('HLEN', waiters) == 0 then
    return
  end
  local waiting_for = redis.call('HMGET', waiters, unpack(ends.ids))
  local messages, struck = {}, {}
  for i, id in ipairs(ends.ids) do
    if waiting_for[i] then
      struck[#struck + 1] = id
      local end_ = ends.told[i]
      local frame = struct.pack('>I2', #id) .. id .. struct.pack('>B', end_.state)
        .. (end_.whole and struct.pack('>I4', #end_.data) .. end_.data or struct.pack('>I4', NOT_TOLD))
      for channel in string.gmatch(waiting_for[i], '[^\n]+') do
        messages[channel] = (messages[channel] or struct.pack('>I2', #queue) .. queue) .. frame
      end
    end
  end
  if #struck > 0 then
    redis.call('HDEL', waiters, unpack(struck))
  end
  for channel, message in pairs(messages) do
    redis.call('PUBLISH', channel, message)
  end
end

local function write_ends(queue)
  if #ends.ids == 0 then
    return
  end
  if redis.call('HLEN', marks) > 0 then
    redis.call('HDEL', marks, unpack(ends.ids))
  end
  if redis.call('HLEN', errors) > 0 then
    redis.call('HDEL', errors, unpack(ends.ids))
  end
  if #ends.gone > 0 then
    redis.call('HDEL', jobs, unpack(ends.gone))
    redis.call('HDEL', progress, unpack(ends.gone))
  end
  if #ends.kept > 0 then
    redis.call('HSET', outcomes, unpack(ends.kept))
  end
  for expires, batch in pairs(ends.expiry) do
    local serial = redis.call('INCR', sequence)
    redis.call('ZADD', retained, expires, struct.pack('>I6', serial) .. table.concat(batch))
  end
  if #ends.dead > 0 then
    redis.call('ZADD', dead, unpack(ends.dead))
  end
  if ends.completed > 0 then
    redis.call('HINCRBY', stats, 'completed', ends.completed)
  end
  if ends.cancelled > 0 then
    redis.call('HINCRBY', stats, 'cancelled', ends.cancelled)
  end
  tell_waiters(queue)
end

-- Removes what is kept of a job that has ended.
local function erase(id, outcome)
  local state = struct.unpack('>B', outcome)
  if state == COMPLETED then
    redis.call('HINCRBY', stats, 'completed', -1)
  elseif state == CANCELLED then
    redis.call('HINCRBY', stats, 'cancelled', -1)
  else
    redis.call('ZREM', dead, id)
  end
  redis.call('HDEL', jobs, id)
  redis.call('HDEL', outcomes, id)
  redis.call('HDEL', marks, id)
  redis.call('HDEL', errors, id)
  redis.call('HDEL', progress, id)
end
