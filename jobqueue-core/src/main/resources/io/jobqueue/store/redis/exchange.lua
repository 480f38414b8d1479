#!lua flags=allow-oom
--#include keys
--#include clock
--#include formats
--#include signals
--#include aside
--#include telling
-- ACTIVE → what each settlement says; due SCHEDULED → WAITING; WAITING → ACTIVE. Extends the session's lease.
--
-- ARGV  queue, session, lease ms, epoch, name of the worker, retention of cancelled jobs ms, jobs wanted, settlements,
--       plain ('1': every settlement is C with one and the same retention, no id comes twice, and the worker takes all of
--       every type), ids, then how many words on types follow, these (a type: it takes this and no type that
--       is not named so; type, line break, number: it takes no more jobs of that type), then
--       plain: retention ms (6 bytes), runs, results (0: all are empty), channel that need not be told ('': none), per run: fence (16 digits), how many ids it is for;
--       then per id: result
--       else per id: kind and fence, per id: data
--       C complete: retention ms (6 bytes), result   R retry: delay ms (6 bytes), error   F fail: retention, error
--       X cancel: retention                          L release                            H hand back: delay
--       Z snooze: delay
-- Returns 0 when the session's lease had run out or its epoch is over; else now (micros), settled ('1' or '0' each, ''
--         when all are), ms until the next job is due or '', fence of the claims ('-' when the worker is paused), and of
--         the claims the entries, the records, and the marks (false each or none); then 1 when the channel was not told,
--         else false when more follows; 1 when the records became too many bytes before the jobs wanted were claimed
local queue, session, lease = ARGV[1], ARGV[2], tonumber(ARGV[3])
local epoch, worker = tonumber(ARGV[4]), ARGV[5]
local cancelled_retention, wanted, settlements = tonumber(ARGV[6]), tonumber(ARGV[7]), tonumber(ARGV[8])
local IDS = 9
local TYPES = IDS + settlements + 1
local REST = TYPES + tonumber(ARGV[TYPES])
local micros = clock_micros()
local now = math.floor(micros / 1000)

local deadline = redis.call('ZSCORE', sessions, session)
if deadline and tonumber(deadline) <= now then
  return 0
end

-- What a call reads of the jobs it claims ends with the job with which it comes to so many bytes, that of
-- ExchangeRequest. How large a job is shows when it is read, so a call reads so many at once: too few to hold the server up
-- when all are as large as can be, and enough for what a command costs not to show.
local MOST_BYTES, READ_AT_ONCE = 1048576, 16

-- The records of the first of `ids`, as many as come to at least so many bytes, and how many bytes.
local function read_records(ids, most_bytes)
  local records, bytes = {}, 0
  for from = 0, #ids - 1, READ_AT_ONCE do
    local read = redis.call('HMGET', jobs, unpack(ids, from + 1, math.min(from + READ_AT_ONCE, #ids)))
    for i = 1, #read do
      local record = read[i]
      records[from + i] = record
      bytes = bytes + (record and #record or 0)
      if bytes >= most_bytes then
        return records, bytes
      end
    end
  end
  return records, bytes
end

-- Of each settlement: kind and fence, data.
local said, data_of = {}, {}
do
  local is_plain = ARGV[IDS] == '1'
  local RUNS = REST + 4
  local runs = is_plain and tonumber(ARGV[REST + 2]) or 0
  local RESULTS = is_plain and ARGV[REST + 3] ~= '0' and RUNS + 2 * runs

  -- The fence of a run, and how many ids it is for.
  local function run_of(run)
    return ARGV[RUNS + 2 * run - 1], tonumber(ARGV[RUNS + 2 * run])
  end

  -- Whether no job that is settled has a field in a hash of exceptions.
  local function none_is_in(key)
    if settlements > 0 and redis.call('EXISTS', key) == 1 then
      local found = redis.call('HMGET', key, unpack(ARGV, IDS + 1, IDS + settlements))
      for i = 1, settlements do
        if found[i] then
          return false
        end
      end
    end
    return true
  end

  -- Whether the worker is not paused, and all that stands aside is.
  local function pauses_hide_nothing()
    local all, of_worker = unpack(redis.call('HMGET', paused, '', '\n' .. worker))
    if all or of_worker then
      return false
    end
    for _, job_type in ipairs(types_aside()) do
      if redis.call('HEXISTS', paused, job_type) == 0 then
        return false
      end
    end
    return true
  end

  -- Returns what the exchange answers when it meets nothing but the plain case: first attempts that complete, of jobs that
  -- nobody cancels, in a queue without watchers and ranks. It takes one command a kind, and none of what stands
  -- below; what others in the queue are subject to costs a look. Returns nothing, with nothing changed, when there is more
  -- to do. Numbers known as text are passed as text: Redis prints a number of Lua with all its digits.
  local function exchange_plainly()
    local unusual = redis.call('EXISTS', epochs, watch, prioritized, informed, marks, cancels, waiters, dedup_of, paused,
      parked)
    local somebody_waits = unusual > 0 and redis.call('EXISTS', waiters) == 1
    local exceptions = unusual > (somebody_waits and 1 or 0)
    local pauses, awaited = false, nil
    local retention = settlements > 0 and struct.unpack('>I6', ARGV[REST + 1])
    if retention == 0 then
      redis.call('HLEN', jobs) -- a key of a wrong type is met before anything is written
      if redis.call('EXISTS', progress, attributes, log, attempts, errors) > 0 then
        return nil
      end
    end
    local begun = exceptions and redis.call('HGET', epochs, session)
    if exceptions then
      if begun and tonumber(begun) > epoch or redis.call('EXISTS', watch, prioritized, informed) > 0 or not none_is_in(marks) or not none_is_in(cancels)
          or not none_is_in(dedup_of) then
        return nil
      end
      pauses = redis.call('EXISTS', paused, parked) > 0
      if pauses and not pauses_hide_nothing() then
        return nil
      end
    end
    if settlements > 0 and somebody_waits then
      awaited = redis.call('HMGET', waiters, unpack(ARGV, IDS + 1, IDS + settlements))
    end
    if settlements > 0 then
      local tokens = redis.call('HMGET', claims, unpack(ARGV, IDS + 1, IDS + settlements))
      local i = 1
      for run = 1, runs do
        local its_fence, length = run_of(run)
        local expected = session .. its_fence
        for _ = 1, length do
          if tokens[i] ~= expected then
            return nil
          end
          i = i + 1
        end
      end
    else
      redis.call('HLEN', claims)
    end
    local due = redis.call('ZRANGE', scheduled, '0', '0', 'WITHSCORES')[2]
    if due and tonumber(due) <= now then
      return nil
    end
    local entries, records, held, fence, more, cut_short = {}, {}, {}, '', nil, false
    if wanted > 0 then
      entries = redis.call('LRANGE', waiting, '0', ARGV[7])
      more = table.remove(entries, wanted + 1)
      if #entries > 0 then
        local ids, sub = {}, string.sub
        for i = 1, #entries do
          ids[i] = sub(entries[i], 7)
        end
        records = read_records(ids, MOST_BYTES)
        cut_short = #records < #entries
        for i = #entries, #records + 1, -1 do
          entries[i] = nil
        end
        more = more or cut_short
        fence = fence_text(math.max(tonumber(redis.call('GET', fences) or '0') + 1, micros))
        local token = session .. fence
        local marked = exceptions and redis.call('HMGET', marks, unpack(ids)) or {}
        local runs_type = {}
        for i = 1, #entries do
          local record, id = records[i], ids[i]
          if not record or sub(record, 2, 7) ~= sub(entries[i], 1, 6) or not is_format(record, RECORD_SIZE) or marked[i] then
            return nil
          end
          if pauses then
            local job_type = type_of(record)
            if runs_type[job_type] == nil then
              runs_type[job_type] = redis.call('HEXISTS', paused, job_type) == 0
            end
            if not runs_type[job_type] then
              return nil
            end
          end
          held[2 * i - 1] = id
          held[2 * i] = token
        end
      end
    end

    redis.call('ZADD', sessions, now + lease, session)
    if not deadline or begun then
      redis.call('HSETNX', workers, session, struct.pack('>I6', now) .. worker)
    end
    if settlements > 0 then
      if retention == 0 then
        redis.call('HDEL', jobs, unpack(ARGV, IDS + 1, IDS + settlements))
      else
        local expires = now + retention
        local kept, i = {}, 1
        for run = 1, runs do
          local its_fence, length = run_of(run)
          local header = pack_outcome(COMPLETED, now, expires, 1, 0, tonumber(its_fence), worker)
          for _ = 1, length do
            kept[2 * i - 1] = ARGV[IDS + i]
            kept[2 * i] = RESULTS and header .. ARGV[RESULTS + i] or header
            i = i + 1
          end
        end
        redis.call('HSET', outcomes, unpack(kept))
        redis.call('ZADD', retained_completed, expires, struct.pack('>I6', redis.call('INCR', sequence))
          .. table.concat(ARGV, '\n', IDS + 1, IDS + settlements))
        redis.call('HINCRBY', stats, 'completed', ARGV[8])
      end
      redis.call('HDEL', claims, unpack(ARGV, IDS + 1, IDS + settlements))
      if awaited then
        local told = {}
        for j = 1, settlements do
          told[j] = awaited[j] and end_to_tell(COMPLETED, RESULTS and ARGV[RESULTS + j] or '', retention == 0)
        end
        tell_waiters(queue, { unpack(ARGV, IDS + 1, IDS + settlements) }, told, awaited, ARGV[REST + 4])
      end
    end
    if #entries > 0 then
      redis.call('HSET', claims, unpack(held))
      redis.call('LTRIM', waiting, more and not cut_short and ARGV[7] or #entries, '-1')
      redis.call('SET', fences, fence)
    end
    if settlements > 0 or #entries > 0 then
      note_activity(now)
    end
    if more then
      offer_wake()
    end
    local reply = { string.format('%.0f', micros), '', due and string.format('%.0f', tonumber(due) - now) or '', fence,
      entries, records, {}, awaited and ARGV[REST + 4] ~= '' and 1 or nil }
    if cut_short then
      reply[8], reply[9] = reply[8] or false, 1
    end
    return reply
  end

  if is_plain then
    local reply = exchange_plainly()
    if reply then
      return reply
    end
    for run = 1, runs do
      local its_fence, length = run_of(run)
      for _ = 1, length do
        said[#said + 1] = 'C' .. its_fence
        data_of[#said] = ARGV[REST + 1] .. (RESULTS and ARGV[RESULTS + #said] or '')
      end
    end
  else
    for i = 1, settlements do
      said[i], data_of[i] = ARGV[REST + i], ARGV[REST + settlements + i]
    end
  end
end

--#include events
--#include index
--#include promotion
--#include notes
--#include ending
--#include order
--#include hints
--#include attempts
local begun = redis.call('HLEN', epochs) > 0 and redis.call('HGET', epochs, session)
if begun and tonumber(begun) > epoch then
  return 0
end
observe(now)
redis.call('ZADD', sessions, now + lease, session)
if not deadline or begun then
  redis.call('HSETNX', workers, session, struct.pack('>I6', now) .. worker)
end

local function standing_of(id, marked)
  return marked and read_mark(marked) or standing(id)
end

local settled, active = {}, false
do
  -- Most jobs complete at their first attempt, many of them by claims of one call: their outcomes begin alike.
  local header, header_fence, header_retention
  local function complete_plainly(id, fence, data)
    local retention = struct.unpack('>I6', data)
    local result = string.sub(data, 7)
    happened(KIND.COMPLETED, id, 1, '')
    ended[#ended + 1] = id
    if somebody_waits then
      told[#told + 1] = end_to_tell(COMPLETED, result, retention == 0)
    end
    if retention == 0 then
      gone[#gone + 1] = id
      return
    end
    if fence ~= header_fence or retention ~= header_retention then
      header = pack_outcome(COMPLETED, now, now + retention, 1, 0, tonumber(fence), worker)
      header_fence, header_retention = fence, retention
    end
    keep(id, header, COMPLETED, now + retention, result)
  end

  -- Whether none of the job's attempts has failed or crashed.
  local function is_of_first_attempt(mark)
    return is_format(mark, MARK_SIZE) and string.sub(mark, 18, 23) == '\0\0\0\0\0\0'
  end

  local function settle(kind, id, fence, data, mark, flagged)
    if kind == 'C' and not flagged then
      local job = standing_of(id, mark) or read_record('')
      job.fence, job.worker = fence, worker
      happened(KIND.COMPLETED, id, job.failures + 1, '')
      finish(id, job, COMPLETED, job.failures + 1, now, struct.unpack('>I6', data), string.sub(data, 7))
      return
    end
    local job = standing_of(id, mark)
    if not job then
      return
    end
    job.fence = fence
    if flagged or kind == 'X' then
      local retention = flagged and cancelled_retention or struct.unpack('>I6', data)
      local given_back = kind == 'L' or kind == 'H' or kind == 'Z'
      job.worker = not given_back and worker
      local begun_ = given_back and job.failures or job.failures + 1
      happened(KIND.CANCELLED, id, begun_, '')
      finish(id, job, CANCELLED, begun_, now, retention, '')
    elseif kind == 'F' then
      job.worker = worker
      local failure = string.sub(data, 7)
      happened(KIND.FAILED, id, job.failures + 1, without_stack(failure))
      finish(id, job, FAILED, job.failures + 1, now, struct.unpack('>I6', data), failure)
    elseif kind == 'L' then
      local empty = nothing_waits()
      happened(KIND.RELEASED, id, job.failures, '')
      give_back(id, job, now)
      if empty then
        offer_wake()
      end
    else
      local delay = struct.unpack('>I6', data)
      if kind == 'R' then
        job.failures = job.failures + 1
        local failure = string.sub(data, 7)
        redis.call('HSET', errors, id, failure)
        keep_attempt(id, FAILED, job.failures, fence, now, worker, failure)
        happened(KIND.RETRIED, id, job.failures, without_stack(failure))
      else
        job.handbacks = job.handbacks + (kind == 'H' and 1 or 0)
        happened(KIND.RELEASED, id, job.failures, '')
      end
      job.seq = next_sequence(1)
      job.since = now
      redis.call('HSET', marks, id, pack_mark(job))
      if delay > 0 then
        schedule(id, job.seq, now + delay)
      else
        local empty = nothing_waits()
        wait_at_end(id, job.seq, job.priority)
        if empty then
          offer_wake()
        end
      end
    end
  end

  -- Whether this very claim has settled the job before.
  local function settled_before(id, fence)
    if fence == 0 then
      return false
    end
    local outcome = redis.call('HGET', outcomes, id)
    if outcome then
      local _, _, _, _, _, by = read_outcome(outcome)
      return by == fence
    end
    local mark = redis.call('HGET', marks, id)
    local marked = mark and read_mark(mark)
    return marked and marked.fence == fence
  end

  if settlements > 0 then
    local ids = {}
    for i = 1, settlements do
      ids[i] = ARGV[IDS + i]
    end
    local tokens = redis.call('HMGET', claims, unpack(ids))
    local marked = redis.call('HLEN', marks) > 0 and redis.call('HMGET', marks, unpack(ids)) or {}
    local flags = redis.call('HLEN', cancels) > 0 and redis.call('HMGET', cancels, unpack(ids)) or {}
    local current, handled, unflagged = {}, {}, {}
    local fence, expected
    for i = 1, settlements do
      local id, token, data = ids[i], said[i], data_of[i]
      local kind = string.sub(token, 1, 1)
      local its_fence = string.sub(token, 2)
      if its_fence ~= fence then
        fence, expected = its_fence, session .. its_fence
      end
      if handled[id] then
        settled[i] = handled[id] == fence and '1' or '0'
      elseif tokens[i] == expected then
        if kind == 'C' and not flags[i] and (not marked[i] or is_of_first_attempt(marked[i])) then
          complete_plainly(id, fence, data)
        else
          settle(kind, id, tonumber(fence), data, marked[i], flags[i])
        end
        if flags[i] then
          unflagged[#unflagged + 1] = id
        end
        current[#current + 1] = id
        handled[id] = fence
        settled[i] = '1'
      else
        settled[i] = settled_before(id, tonumber(fence)) and '1' or '0'
      end
    end
    if #current > 0 then
      active = true
      write_ends(queue)
      redis.call('HDEL', claims, unpack(current))
    end
    if #unflagged > 0 then
      redis.call('HDEL', cancels, unpack(unflagged))
    end
  end
end

local _, due = promote_due(now, 50)
local claimed, claimed_records, claimed_marks = {}, {}, {}
local reply = { string.format('%.0f', micros), table.concat(settled), until_due(due, now), '',
  claimed, claimed_records, claimed_marks }
-- Where record or mark cannot be read, no entry can be told from another: the first one counts.
local adopted = {}
local function is_adopted(id, record, mark)
  if adopted[id] or (is_format(record, RECORD_SIZE) and (not mark or is_format(mark, MARK_SIZE)))
      or redis.call('HEXISTS', claims, id) == 1 or redis.call('HEXISTS', outcomes, id) == 1 then
    return false
  end
  adopted[id] = true
  return true
end

-- only: the types it takes, nothing for all. room: how many more jobs of a type, nothing for any number.
local takes = {}
for i = TYPES + 1, REST do
  local job_type, jobs_of_it = string.match(ARGV[i], '^(.*)\n(%d+)$')
  if job_type then
    takes.room = takes.room or {}
    takes.room[job_type] = tonumber(jobs_of_it)
  else
    takes.only = takes.only or {}
    takes.only[ARGV[i]] = true
  end
end

-- Entries that are void, paused or not for this worker are passed over, but not so many that the server is held up.
local MOST_LOOKED_AT = 250
local pauses = redis.call('HLEN', paused) > 0
local pause_of_all, pause_of_worker
if pauses then
  pause_of_all, pause_of_worker = unpack(redis.call('HMGET', paused, '', '\n' .. worker))
end

local known_pauses = {}
local function is_paused(job_type)
  if pauses and known_pauses[job_type] == nil then
    known_pauses[job_type] = redis.call('HEXISTS', paused, job_type) == 1
  end
  return known_pauses[job_type]
end

-- A job that cannot be read has no type and is for every worker.
local function is_taken(job_type)
  return (not takes.only or takes.only[job_type] or job_type == '') and not (takes.room and takes.room[job_type] == 0)
end

-- The types whose set-aside entries this worker may claim now.
local function usable_types()
  local types = {}
  if redis.call('ZCARD', parked) > 0 then
    local candidates = {}
    for job_type in pairs(takes.only or {}) do
      candidates[#candidates + 1] = job_type
    end
    for _, job_type in ipairs(takes.only and candidates or types_aside()) do
      if is_taken(job_type) and not is_paused(job_type) then
        types[#types + 1] = job_type
      end
    end
  end
  return types
end

local function priority_of(record, mark)
  local marked = mark and read_mark(mark)
  return (marked or read_record(record)).priority
end

-- A function of its own: the script has as many variables as Lua allows.
local function claim_waiting()
  local held, stale, passed_over, for_others = {}, 0, false, false
  local last = tonumber(redis.call('GET', fences) or '0')
  local fence = fence_text(math.max(last + 1, micros))
  local token = session .. fence
  local looked_at = 0
  -- Nothing may be taken out of the line that cannot be claimed then: a key of a wrong type is met here.
  local any_marks = redis.call('HLEN', marks) > 0
  redis.call('HLEN', jobs)
  if settlements == 0 then
    redis.call('HLEN', claims)
  end
  local types = usable_types()
  local open_types = types
  local choosy = pauses or next(takes) ~= nil
  local page, bytes = wanted, 0
  while #held / 2 < wanted and looked_at < MOST_LOOKED_AT and bytes < MOST_BYTES do
    local entries, came_from = heads(choosy and page or wanted - #held / 2, open_types, takes.room)
    page = math.min(2 * page, 100)
    if #entries == 0 then
      break
    end
    local ids = {}
    for i, e in ipairs(entries) do
      ids[i] = string.sub(e, 7)
    end
    local records, read_bytes = read_records(ids, MOST_BYTES - bytes)
    bytes = bytes + read_bytes
    local marked = any_marks and redis.call('HMGET', marks, unpack(ids)) or {}
    local aside, used = {}, 0
    for i = 1, #records do
      if #held / 2 == wanted then
        break
      end
      local id = ids[i]
      used = i
      local valid = records[i]
        and (string.sub(marked[i] or records[i], 2, 7) == string.sub(entries[i], 1, 6)
          or is_adopted(id, records[i], marked[i]))
      local job_type = valid and choosy and type_of(records[i])
      local its_pause = job_type and is_paused(job_type)
      if job_type and (its_pause or not is_taken(job_type)) then
        for_others = for_others or (not its_pause and not (came_from and came_from[i].key == parked))
        aside[#aside + 1] = 0
        aside[#aside + 1] = parked_entry(job_type, priority_of(records[i], marked[i]), entries[i])
      elseif valid then
        held[#held + 1] = id
        held[#held + 1] = token
        claimed[#claimed + 1] = entries[i]
        claimed_records[#claimed] = records[i]
        claimed_marks[#claimed] = marked[i] or false
        if takes.room and takes.room[job_type] then
          takes.room[job_type] = takes.room[job_type] - 1
        end
        if watched then
          happened(KIND.STARTED, id, (standing_of(id, marked[i]) or read_record('')).failures + 1, '', records[i])
        end
      else
        stale = stale + 1
      end
    end
    looked_at = looked_at + used
    leave(came_from, used)
    if #aside > 0 then
      redis.call('ZADD', parked, unpack(aside))
      passed_over = true
    end
    if takes.room then
      open_types = {}
      for _, job_type in ipairs(types) do
        open_types[#open_types + 1] = is_taken(job_type) and job_type or nil
      end
    end
  end
  if stale > 0 then
    redis.call('HINCRBY', stats, 'stale', -stale)
  end
  if #held > 0 then
    active = true
    redis.call('SET', fences, fence)
    redis.call('HSET', claims, unpack(held))
    reply[4] = fence
  end
  local full = #held / 2 == wanted
  if not full and bytes >= MOST_BYTES then
    full = true
    reply[8], reply[9] = false, 1
  end
  if for_others then
    tell_of_new_aside(session)
  elseif ((full or stale > 0 or passed_over) and not nothing_waits())
      or (full and #open_types > 0 and #heads(1, open_types) > 0) then
    offer_wake()
  elseif #types > 0 and redis.call('ZCARD', parked) == 0 then
    redis.call('DEL', informed)
  elseif choosy then
    pass_hint_on(session)
  end
end

if pause_of_worker then
  reply[4] = '-'
  if not pause_of_all and not nothing_waits() then
    offer_wake()
  end
  pass_hint_on(session)
elseif wanted > 0 and not pause_of_all then
  claim_waiting()
end
if active then
  note_activity(now)
end
tell_events()
return reply
