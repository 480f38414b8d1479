#!lua flags=allow-oom
--#include keys
--#include clock
--#include formats
--#include events
--#include signals
--#include index
--#include aside
--#include notes
--#include telling
--#include ending
--#include dedup
--#include leading
--#include listed
--#include scanning
-- Looks for what outside hands have broken, one page of one key after the other, and mends it: a job that no index holds
-- waits again at its old place, or is FAILED when outcomes were lost, since it may have run; entries, claims and notes
-- without a job are dropped; a claim without a session gets one, for the reaper to find; counters are set right.
--
-- ARGV  queue, holder, number of the term, lease ms, retention of failed jobs ms, error of a job whose outcome was lost,
--       cursor ('': begins; key, scan, completed and cancelled so far)
-- Returns -1 when the term is over; else the next cursor ('': done), 1 when the sums do not match, how many jobs wait
--         again, how many failed, how many entries were dropped or added
local queue, lease, retention, lost_outcome = ARGV[1], tonumber(ARGV[4]), tonumber(ARGV[5]), ARGV[6]
local now = math.floor(clock_micros() / 1000)
if not leads(ARGV[2], ARGV[3], now) then
  return -1
end
observe(now)
local MOST_WORK, PAGE = 100, 20
local BYTES_OF_WORK = 10000
local number, scan, completed, cancelled = string.match(ARGV[7], '^(%d+) (%d+) (%d+) (%d+)$')
number, scan = tonumber(number or '1'), scan or '0'
completed, cancelled = tonumber(completed or '0'), tonumber(cancelled or '0')
local work, put_back, failed, mended = 0, 0, 0, 0

local function has(key, id)
  return redis.call('HEXISTS', key, id) == 1
end

local function counter(name)
  return tonumber(redis.call('HGET', stats, name) or '0') or 0
end

-- Jobs that wait by their indexes, less those that wait because they are nowhere else.
local function stale_by_sums()
  return redis.call('LLEN', waiting) + redis.call('ZCARD', prioritized) + redis.call('ZCARD', parked)
    - (redis.call('HLEN', jobs) - redis.call('HLEN', outcomes) - redis.call('HLEN', claims)
      - redis.call('ZCARD', scheduled))
end

local function missing_outcomes()
  return counter('completed') + counter('cancelled') + redis.call('ZCARD', dead) - redis.call('HLEN', outcomes)
end

-- One claim in a few is looked at on every call: when its session is lost, so are many.
local function claims_hang()
  local sample = redis.call('HRANDFIELD', claims, 10, 'WITHVALUES')
  for i = 2, #sample, 2 do
    if not redis.call('ZSCORE', sessions, string.sub(sample[i], 1, -17)) then
      return true
    end
  end
  return false
end

local function is_purged()
  for _, key in ipairs(retained) do
    if redis.call('ZCOUNT', key, '-inf', now) > 0 then
      return false
    end
  end
  return true
end

local purged = is_purged()
local urgent = missing_outcomes() ~= 0 or stale_by_sums() ~= counter('stale') or claims_hang()
local empty = nothing_waits()

local function drop(command, key, member)
  mended = mended + redis.call(command, key, member)
end

local function end_as_failed(id, job)
  happened(KIND.FAILED, id, job.failures, without_stack(lost_outcome))
  finish(id, job, FAILED, job.failures, now, retention, lost_outcome)
  failed = failed + 1
end

-- More ends were counted than are kept, or fewer than were just seen: outcomes or counters were lost.
local function ends_were_lost()
  return missing_outcomes() > 0 or counter('completed') < completed or counter('cancelled') < cancelled
end

local function let_wait(id, job, record, may_be_listed)
  put_back = put_back + 1
  happened(KIND.RELEASED, id, job.failures, '', record)
  if job.seq > 0 and not may_be_listed then
    wait_in_place(id, job.seq, job.priority)
    return
  end
  job.seq = next_sequence(1)
  redis.call('HSET', marks, id, pack_mark(job))
  if not job.unreadable then
    redis.call('HSET', jobs, id, with_place(record, job.seq, job.priority))
  end
  wait_at_end(id, job.seq, job.priority)
end

local function look_at_job(id, record)
  if has(outcomes, id) or has(claims, id) then
    return
  end
  local job = standing(id)
  local member = entry(job.seq, id)
  if redis.call('ZSCORE', scheduled, member) or redis.call('ZSCORE', prioritized, member)
      or redis.call('ZSCORE', parked, parked_entry(type_of(record), job.priority, member)) then
    return
  end
  local listed = 'no'
  if job.seq > 0 then
    listed = is_listed(member, job.seq)
    work = work + (listed == 'no' and redis.call('LLEN', waiting) / 2000 or 0)
  end
  if listed == 'yes' then
    return
  end
  local void = job.seq == 0 and not job.unreadable
  if void or ends_were_lost() or redis.call('ZSCORE', dead, id) then
    end_as_failed(id, job)
  else
    let_wait(id, job, record, listed == 'maybe')
  end
end

local function look_at_entry(key, member, its_entry)
  local id = string.sub(its_entry, 7)
  local job = has(jobs, id) and not has(outcomes, id) and not has(claims, id) and standing(id)
  if not job or not names(job, id, its_entry) then
    drop('ZREM', key, member)
  end
end

local function look_at_claim(id, token)
  if not has(jobs, id) or has(outcomes, id) then
    redis.call('HDEL', cancels, id)
    drop('HDEL', claims, id)
    return
  end
  mended = mended + redis.call('ZADD', sessions, 'NX', now + lease, string.sub(token, 1, -17))
end

local function look_at_outcome(id, outcome)
  local state, finished, expires = read_outcome(outcome)
  if not has(jobs, id) or (expires <= now and purged) then
    erase(id, outcome)
    mended = mended + 1
    return
  end
  completed = completed + (state == COMPLETED and 1 or 0)
  cancelled = cancelled + (state == CANCELLED and 1 or 0)
  if state == FAILED then
    mended = mended + redis.call('ZADD', dead, 'NX', finished, id)
  end
end

local function look_at_dead(id)
  local outcome = redis.call('HGET', outcomes, id)
  if outcome and read_outcome(outcome) ~= FAILED or not outcome and not has(jobs, id) then
    drop('ZREM', dead, id)
  end
end

local function look_at_dedup(key, held)
  local mode, expires, id = WINDOW, 1, ''
  if #held >= 8 then
    mode, expires = struct.unpack('>BI6', held)
    id = string.sub(held, 8)
  end
  local over = expires > 0 and expires <= now
  if over or (mode ~= WINDOW and (not has(jobs, id) or has(outcomes, id))) then
    redis.call('HDEL', dedup, key)
    redis.call('ZREM', dedup_expiry, key)
    mended = mended + (over and 0 or 1)
  elseif mode ~= WINDOW then
    mended = mended + redis.call('HSETNX', dedup_of, id, key)
  end
end

local function look_at_held_key(id)
  if not has(jobs, id) or has(outcomes, id) then
    drop('HDEL', dedup_of, id)
  end
end

local function note_of(key)
  return function(field)
    if not has(jobs, string.match(field, '^[^\n]*')) then
      drop('HDEL', key, field)
    end
  end
end

local function look_at_cancel(id)
  if not has(claims, id) then
    drop('HDEL', cancels, id)
  end
end

local function of_session(key)
  return function(session)
    if not redis.call('ZSCORE', sessions, session) then
      drop('HDEL', key, session)
    end
  end
end

local LOOKS = {
  { 'ZSCAN', dead, look_at_dead },
  { 'HSCAN', outcomes, look_at_outcome },
  { 'HSCAN', jobs, look_at_job },
  { 'ZSCAN', scheduled, function(member) look_at_entry(scheduled, member, member) end },
  { 'ZSCAN', prioritized, function(member) look_at_entry(prioritized, member, member) end },
  { 'ZSCAN', parked, function(member)
    look_at_entry(parked, member, entry_aside(member))
  end },
  { 'HSCAN', claims, look_at_claim },
  { 'HSCAN', workers, of_session(workers) },
  { 'HSCAN', epochs, of_session(epochs) },
  { 'HSCAN', dedup, look_at_dedup },
  { 'HSCAN', dedup_of, look_at_held_key },
  { 'HSCAN', cancels, look_at_cancel },
  { 'HSCAN', marks, note_of(marks) },
  { 'HSCAN', errors, note_of(errors) },
  { 'HSCAN', waiters, note_of(waiters) },
  { 'HSCAN', progress, note_of(progress) },
  { 'HSCAN', attributes, note_of(attributes) },
  { 'HSCAN', log, note_of(log) },
  { 'HSCAN', attempts, note_of(attempts) },
}

-- Numbers that were given out lie below the last one pushed, whatever has become of the counter.
local function mend_sequence()
  local last = redis.call('LINDEX', waiting, -1)
  local given = last and place_of(last) - MIDDLE + 1 or 0
  if given > (tonumber(redis.call('GET', sequence) or '0') or 0) then
    redis.call('SET', sequence, string.format('%.0f', given))
    mended = mended + 1
  end
end

local function mend_counters()
  if missing_outcomes() ~= 0 then
    local kept = redis.call('HLEN', outcomes) - redis.call('ZCARD', dead)
    cancelled = math.max(0, math.min(cancelled, kept))
    redis.call('HSET', stats, 'cancelled', cancelled, 'completed', kept - cancelled)
    mended = mended + 1
  end
  local stale = stale_by_sums()
  if stale ~= counter('stale') then
    redis.call('HSET', stats, 'stale', stale)
    mended = mended + 1
  end
end

mend_sequence()
local size
while number <= #LOOKS and work < MOST_WORK do
  local command, key, look = unpack(LOOKS[number])
  size = size or (command == 'HSCAN' and scan_size(key, PAGE) or PAGE)
  local page = redis.call(command, key, scan, 'COUNT', size)
  for i = 1, #page[2], 2 do
    look(page[2][i], page[2][i + 1])
    work = work + 1 + #page[2][i + 1] / BYTES_OF_WORK
  end
  work = work + 1
  scan = page[1]
  if scan == '0' then
    number, size = number + 1, nil
  end
end
write_ends(queue)
if empty and not nothing_waits() then
  offer_wake()
end
local following = ''
if number > #LOOKS then
  mend_counters()
else
  following = string.format('%d %s %d %d', number, scan, completed, cancelled)
end
tell_events()
return { following, urgent and 1 or 0, put_back, failed, mended }
