#!lua
--#include keys
--#include clock
--#include formats
--#include index
--#include ending
-- (none) → WAITING | SCHEDULED for new ids; an id that is held stays as it is.
--
-- ARGV  count, then per job: id, body, extra. extra is empty for a job of priority 0 that is due at once;
--       else priority, replace (1: over a failed job), due kind (0: now, 1: after ms, 2: at ms), ms, channel
-- Returns per job 'Q'; or the holder's state as a digit (SWA: not ended; 1, 2, 3: outcome), and its result
local now = math.floor(clock_micros() / 1000)
local count = tonumber(ARGV[1])
local seq = redis.call('INCRBY', sequence, count) - count
local empty = nothing_waits()
local replies, pushed = {}, {}

local function wait_for(id, channel)
  local known = redis.call('HGET', waiters, id)
  if not known then
    redis.call('HSET', waiters, id, channel)
  elseif not string.find('\n' .. known .. '\n', '\n' .. channel .. '\n', 1, true) then
    redis.call('HSET', waiters, id, known .. '\n' .. channel)
  end
end

-- Answers for an id that exists, or nil when it has ended in a way that frees it.
local function holder(id, replace)
  local outcome = redis.call('HGET', outcomes, id)
  if outcome then
    local state, _, expires = struct.unpack(OUTCOME, outcome)
    if expires > now and (state == COMPLETED or (state == FAILED and not replace)) then
      return tostring(state), state == COMPLETED and string.sub(outcome, 27) or ''
    end
    erase(id, outcome)
    return nil
  end
  if redis.call('HEXISTS', claims, id) == 1 then
    return 'A', ''
  end
  local job = standing(id)
  return redis.call('ZSCORE', scheduled, entry(job.seq, id)) and 'S' or 'W', ''
end

for i = 1, count do
  local id, body, extra = ARGV[3 * i - 1], ARGV[3 * i], ARGV[3 * i + 1]
  local priority, replace, kind, ms, channel = 0, 0, 0, 0, ''
  if extra ~= '' then
    priority, replace, kind, ms = struct.unpack('>i4BBI6', extra)
    channel = string.sub(extra, 13)
  end
  seq = seq + 1
  local record = struct.pack(RECORD, 1, seq, now, priority) .. body
  local state, result
  if redis.call('HSETNX', jobs, id, record) == 0 then
    state, result = holder(id, replace == 1)
    if not state then
      redis.call('HSET', jobs, id, record)
    end
  end
  if state then
    replies[#replies + 1] = state
    replies[#replies + 1] = result
  else
    local due = kind == 0 and now or kind == 1 and now + ms or ms
    if due > now then
      schedule(id, seq, due)
      replies[#replies + 1] = 'QS'
    else
      if priority == 0 then
        pushed[#pushed + 1] = entry(seq, id)
      else
        wait_in_place(id, seq, priority)
      end
      replies[#replies + 1] = 'Q'
    end
    replies[#replies + 1] = ''
  end
  if channel ~= '' and (not state or state == 'A' or state == 'W' or state == 'S') then
    wait_for(id, channel)
  end
end
if #pushed > 0 then
  redis.call('RPUSH', waiting, unpack(pushed))
end
if empty and not nothing_waits() then
  offer_wake()
end
return replies
