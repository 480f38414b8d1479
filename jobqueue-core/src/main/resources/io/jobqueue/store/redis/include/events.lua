--#include publish
-- Events. watch: until when (ms) somebody listens; without that nothing is kept. events: the newest events, oldest first.
-- event_count: how many events there ever were, which is the number of the newest.
-- An event: version, kind, ms, attempt, lengths of id, type and detail, id, type, detail: progress, or an error without stack.
local EVENT, MOST_EVENTS = '>Bc1I6I4I2I2I4', 1000
local KIND = {
  ENQUEUED = 'E', PROMOTED = 'P', STARTED = 'S', PROGRESSED = 'G', UPDATED = 'U', RETRIED = 'R', RELEASED = 'L',
  CRASHED = 'X', COMPLETED = 'C', FAILED = 'F', CANCEL_REQUESTED = 'Q', CANCELLED = 'K', REPLAYED = 'Y', CHANGED = 'H',
  REMOVED = 'D',
}
local watched, happened_at, happenings = false, 0, {}

-- To be called before anything is written: a key of a wrong type is met here.
local function observe(now)
  local deadline = redis.call('GET', watch)
  if deadline and tonumber(deadline) > now then
    watched, happened_at = true, now
    redis.call('LLEN', events)
    redis.call('GET', event_count)
  end
end

-- record: of the job, read when it is not given.
local function happened(kind, id, attempt, detail, record)
  if watched then
    local job_type = type_of(record or redis.call('HGET', jobs, id) or '')
    happenings[#happenings + 1] =
      struct.pack(EVENT, VERSION, kind, happened_at, attempt, #id, #job_type, #detail) .. id .. job_type .. detail
  end
end

-- Where a text with its length before it, seven bits a byte, ends.
local function end_of_text(bytes, position)
  local length, factor = 0, 1
  repeat
    local group = string.byte(bytes, position)
    length = length + (group % 128) * factor
    factor = factor * 128
    position = position + 1
  until group < 128
  return position + length - 1
end

-- An error is version, type, whether there is a message, message, stack; it comes back with an empty stack.
local function without_stack(error_)
  if not watched then
    return ''
  end
  local read, last = pcall(function()
    local flag = end_of_text(error_, 2) + 1
    return string.byte(error_, flag) == 1 and end_of_text(error_, flag + 1) or flag
  end)
  return read and string.sub(error_, 1, last) .. '\0' or ''
end

-- To be called when all is written.
local function tell_events()
  if #happenings > 0 then
    redis.call('INCRBY', event_count, #happenings)
    redis.call('RPUSH', events, unpack(happenings))
    redis.call('LTRIM', events, -MOST_EVENTS, -1)
    redis.call(PUBLISH, events, '')
  end
end
