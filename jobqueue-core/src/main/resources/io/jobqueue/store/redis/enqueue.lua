#!lua
--#include keys
--#include clock
--#include formats
--#include signals
-- (none) → WAITING | SCHEDULED for new ids and keys; an id or a key that is held stays as it is.
-- (none) → ACTIVE for jobs of a hand-over when nothing stands before them.
--
-- ARGV  count, plain ('1': no id comes twice, and extras are left out, because every extra is empty but for one and the
--       same channel, which stands behind the '1', or for none; '2': the same, and a hand-over), ids, bodies, then
--       of a hand-over: session, lease ms, epoch; else unless plain: extras.
--       extra is empty for a job of priority 0 that is due at once;
--       else priority (4 bytes), replace (1: over a failed job), due kind (0: now, 1: after ms, 2: at ms), ms (6),
--       placement (1: front), dedup mode (0: none), dedup ttl ms (6), dedup key (32 when there is one), channel
-- Returns '' when all jobs wait now; '', now (micros) and the fence of their claims when the session has them; else a byte a job, 'w' or 's' when it was stored, else the state of the holder
--         (S W A: not ended, 1 2 3: outcome, r: 1 whose result is left out, since others are many bytes,
--         '-': not kept), then for each that has a holder its result or '', and its
--         id when it is another
local micros = clock_micros()
local now = math.floor(micros / 1000)
local count, form = tonumber(ARGV[1]), string.sub(ARGV[2], 1, 1)
local plain, hand_over = form ~= '0', form == '2'
local channel_of_all = string.sub(ARGV[2], 2)

-- Most calls bring new plain jobs to a queue that nobody watches: one command a kind, and none of what stands below.
local alone = hand_over
  and redis.call('EXISTS', watch, waiters, waiting, prioritized, paused, parked, scheduled, epochs) == 0
if plain and (alone or redis.call('EXISTS', watch) == 0) then
  local known = redis.call('HMGET', jobs, unpack(ARGV, 3, count + 2))
  local awaited = channel_of_all ~= '' and not alone and redis.call('HMGET', waiters, unpack(ARGV, 3, count + 2)) or {}
  local all_new = true
  for i = 1, count do
    all_new = all_new and not known[i] and not awaited[i]
  end
  if all_new then
    local session, lease, epoch = unpack(ARGV, 2 * count + 3, 2 * count + 5)

    local function nothing_stands_before()
      local deadline = redis.call('ZSCORE', sessions, session)
      if not deadline or tonumber(deadline) <= now then
        return false
      end
      if alone then
        return true
      end
      if redis.call('LLEN', waiting) > 0 then
        return false
      end
      if redis.call('EXISTS', prioritized, paused, parked, scheduled, epochs) == 0 then
        return true
      end
      local begun = redis.call('HGET', epochs, session)
      local due = redis.call('ZRANGE', scheduled, '0', '0', 'WITHSCORES')[2]
      return redis.call('EXISTS', prioritized, paused, parked) == 0
        and not (begun and tonumber(begun) > tonumber(epoch)) and not (due and tonumber(due) <= now)
    end

    local claimed = hand_over and nothing_stands_before()
    local others_wait = not claimed and redis.call('ZCARD', prioritized) > 0
    local fence
    if claimed then
      redis.call('HLEN', claims) -- a key of a wrong type is met before anything is written
      fence = fence_text(math.max(tonumber(redis.call('GET', fences) or '0') + 1, micros))
    end
    local first = MIDDLE + redis.call('INCRBY', sequence, count) - count - 1
    local pack, version, rest = struct.pack, string.char(VERSION), struct.pack('>I6i4', now, 0)
    local entries, records = {}, {}
    for i = 1, count do
      local id, place = ARGV[i + 2], pack('>I6', first + i)
      entries[i] = place .. id
      records[2 * i - 1] = id
      records[2 * i] = version .. place .. rest .. ARGV[count + i + 2]
    end
    local length
    if claimed then
      local held = {}
      for i = 1, count do
        held[2 * i - 1], held[2 * i] = ARGV[i + 2], session .. fence
      end
      redis.call('HSET', claims, unpack(held))
      redis.call('SET', fences, fence)
      redis.call('ZADD', sessions, now + tonumber(lease), session)
    else
      length = redis.call('RPUSH', waiting, unpack(entries))
    end
    redis.call('HSET', jobs, unpack(records))
    if channel_of_all ~= '' then
      for i = 1, count do
        awaited[2 * i - 1], awaited[2 * i] = ARGV[i + 2], channel_of_all
      end
      redis.call('HSET', waiters, unpack(awaited, 1, 2 * count))
    end
    if length == count and not others_wait then
      offer_wake()
    end
    note_activity(now)
    return claimed and { '', string.format('%.0f', micros), fence } or ''
  end
end

--#include events
--#include index
--#include aside
--#include notes
--#include telling
--#include ending
--#include dedup
observe(now)
local seq = next_sequence(count)
local empty = nothing_waits()
local MOST_BYTES = 1048576
local states, holders, answered_bytes, stored = {}, {}, 0, false
-- What has yet to be put into the list and, with its rank or due time before it, into the sorted sets.
local pushed, ranked, delayed = {}, {}, {}
local next_due = tonumber(redis.call('ZRANGE', scheduled, 0, 0, 'WITHSCORES')[2] or NEVER)
local earliest = next_due

-- To be called before anybody looks into the index.
local function write_delayed()
  if #delayed > 0 then
    redis.call('ZADD', scheduled, unpack(delayed))
    delayed = {}
  end
end

local function wait_for(id, channel)
  local known = redis.call('HGET', waiters, id)
  if not known then
    redis.call('HSET', waiters, id, channel)
  elseif not string.find('\n' .. known .. '\n', '\n' .. channel .. '\n', 1, true) then
    redis.call('HSET', waiters, id, known .. '\n' .. channel)
  end
end

-- The state of a job that is kept, and its result.
local function state_of(id)
  write_delayed()
  local outcome = redis.call('HGET', outcomes, id)
  if outcome then
    local state, _, expires = read_outcome(outcome)
    if expires <= now then
      return '-', ''
    end
    return tostring(state), state == COMPLETED and outcome_data(outcome) or ''
  end
  if redis.call('HEXISTS', claims, id) == 1 then
    return 'A', ''
  end
  local job = standing(id)
  if not job then
    return '-', ''
  end
  return redis.call('ZSCORE', scheduled, entry(job.seq, id)) and 'S' or 'W', ''
end

-- Answers for an id that exists, or nil when it has ended in a way that frees it.
local function id_holder(id, replace)
  local state, result = state_of(id)
  if state == '-' or state == '3' or (state == '2' and replace) then
    return nil
  end
  return state, result
end

-- What waits is to run with the payload of the latest; when it is due begins anew.
local function take_over(id, body, due)
  local record = redis.call('HGET', jobs, id)
  if not is_format(record, RECORD_SIZE) then
    return
  end
  write_delayed()
  local job = standing(id)
  local member = entry(job.seq, id)
  if redis.call('ZCARD', parked) > 0
      and redis.call('ZREM', parked, parked_entry(type_of(record), job.priority, member)) == 1 then
    wait_in_place(id, job.seq, job.priority)
  end
  redis.call('HSET', jobs, id, string.sub(record, 1, RECORD_SIZE) .. body)
  happened(KIND.CHANGED, id, job.failures, '')
  if redis.call('ZSCORE', scheduled, member) then
    redis.call('ZREM', scheduled, member)
    schedule(id, job.seq, math.max(due, now))
  end
end

local function answer(state, result, id)
  if #result > 0 and answered_bytes >= MOST_BYTES then
    state, result = 'r', ''
  end
  answered_bytes = answered_bytes + #result
  states[#states + 1] = state
  holders[#holders + 1] = result
  holders[#holders + 1] = id
end

local function packed(place, priority, body)
  return struct.pack(RECORD, VERSION, place, now, priority) .. body
end

-- Takes in a job whose record is stored.
local function take_in(id, record, place, priority, due, front)
  stored = true
  happened(KIND.ENQUEUED, id, 0, '', record)
  if due > now then
    delayed[#delayed + 1] = due
    delayed[#delayed + 1] = entry(place, id)
    earliest = math.min(earliest, due)
    states[#states + 1] = 's'
    return
  end
  if priority == 0 and not front then
    pushed[#pushed + 1] = entry(place, id)
  else
    ranked[#ranked + 1] = -priority
    ranked[#ranked + 1] = entry(place, id)
  end
  states[#states + 1] = 'w'
end

local function store(id, body, priority, due, front)
  front = front and due <= now
  local place = front and MIDDLE - redis.call('HINCRBY', stats, 'fronts', 1) or seq
  local record = packed(place, priority, body)
  redis.call('HSET', jobs, id, record)
  take_in(id, record, place, priority, due, front)
end

local function enqueue(id, body, extra)
  local priority, replace, kind, ms, front, mode, ttl = 0, 0, 0, 0, 0, 0, 0
  local key, channel = '', channel_of_all
  if extra ~= '' then
    priority, replace, kind, ms, front, mode, ttl = struct.unpack('>i4BBI6BBI6', extra)
    key = mode > 0 and string.sub(extra, 21, 52) or ''
    channel = string.sub(extra, mode > 0 and 53 or 21)
  end
  local due = kind == 0 and now or kind == 1 and now + ms or ms
  if mode == 0 and front == 0 then
    local record = packed(seq, priority, body)
    if redis.call('HSETNX', jobs, id, record) == 1 then
      take_in(id, record, seq, priority, due, false)
      if channel ~= '' then
        wait_for(id, channel)
      end
      return
    end
  end
  local known = redis.call('HEXISTS', jobs, id) == 1
  if known then
    local state, result = id_holder(id, replace == 1)
    if state then
      answer(state, result, '')
      if channel ~= '' and (state == 'A' or state == 'W' or state == 'S') then
        wait_for(id, channel)
      end
      return
    end
  end
  if mode > 0 then
    local held, holder = key_holder(key, now)
    if held then
      local state, result = state_of(holder)
      if held == DEBOUNCE and mode == DEBOUNCE then
        take_over(holder, body, due)
        state = state_of(holder)
      end
      answer(state, result, holder)
      if channel ~= '' and (state == 'A' or state == 'W' or state == 'S') then
        wait_for(holder, channel)
      end
      return
    end
  end
  if known then
    local outcome = redis.call('HGET', outcomes, id)
    if outcome then
      erase(id, outcome)
    end
  end
  store(id, body, priority, due, front == 1)
  if mode > 0 then
    hold_key(key, mode, ttl, id, now)
  end
  if channel ~= '' then
    wait_for(id, channel)
  end
end

-- What is stored gets its place also when a later job meets a key of a wrong type.
local all_taken, failure = pcall(function()
  for i = 1, count do
    local id, body, extra = ARGV[i + 2], ARGV[count + i + 2], plain and '' or ARGV[2 * count + i + 2]
    enqueue(id, body, extra)
    seq = seq + 1
  end
end)
if #pushed > 0 then
  redis.call('RPUSH', waiting, unpack(pushed))
end
if #ranked > 0 then
  redis.call('ZADD', prioritized, unpack(ranked))
end
write_delayed()
if earliest < next_due and redis.call('HEXISTS', paused, '') == 0 then
  offer_wake()
end
if empty and not nothing_waits() then
  offer_wake()
end
if stored then
  note_activity(now)
end
tell_events()
if not all_taken then
  error(failure)
end
return { table.concat(states), unpack(holders) }
