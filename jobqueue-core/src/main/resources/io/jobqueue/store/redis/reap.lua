#!lua flags=allow-oom
--#include keys
--#include clock
--#include formats
--#include events
--#include signals
--#include index
--#include notes
--#include telling
--#include ending
--#include leading
--#include attempts
-- ACTIVE → WAITING | FAILED | CANCELLED for one page of claims whose session's lease ran out.
--
-- ARGV  queue, holder, number of the term, limit, crash that fails a job, retention of failed jobs ms,
--       of cancelled jobs ms, error of a job that fails, cursor ('0': begin), start of the scan ms ('': now)
-- Returns -1 when the term is over; else the next cursor ('0': done), start of the scan ms,
--         then per claim: id, crashes, state (0: waiting)
local queue, limit, last_crash = ARGV[1], tonumber(ARGV[4]), tonumber(ARGV[5])
local failed_retention, cancelled_retention, error_ = tonumber(ARGV[6]), tonumber(ARGV[7]), ARGV[8]
local cursor = ARGV[9]
local now = math.floor(clock_micros() / 1000)
if not leads(ARGV[2], ARGV[3], now) then
  return -1
end
local started = ARGV[10] == '' and now or tonumber(ARGV[10])
local reply = { '0', string.format('%.0f', started) }
local expired, any = {}, false
for _, session in ipairs(redis.call('ZRANGEBYSCORE', sessions, '-inf', now)) do
  expired[session] = string.sub(redis.call('HGET', workers, session) or '', 7)
  any = true
end
if not any then
  return reply
end
local page = redis.call('HSCAN', claims, cursor, 'COUNT', 200)
reply[1] = page[1]
observe(now)
local empty = nothing_waits()
local taken = 0
for i = 1, #page[2], 2 do
  local id, token = page[2][i], page[2][i + 1]
  local worker = expired[string.sub(token, 1, -17)]
  if worker then
    if taken == limit then
      reply[1] = cursor
      started = nil
      break
    end
    taken = taken + 1
    redis.call('HDEL', claims, id)
    local job = standing(id)
    if job then
      local state = 0
      job.crashes = job.crashes + 1
      keep_attempt(id, CRASHED, job.failures + 1, tonumber(string.sub(token, -16)), now, worker, '')
      if redis.call('HDEL', cancels, id) == 1 then
        state = CANCELLED
        happened(KIND.CANCELLED, id, job.failures, '')
        finish(id, job, CANCELLED, job.failures, now, cancelled_retention, '')
      elseif job.crashes >= last_crash then
        state = FAILED
        happened(KIND.FAILED, id, job.failures, without_stack(error_))
        finish(id, job, FAILED, job.failures, now, failed_retention, error_)
      else
        happened(KIND.CRASHED, id, job.failures, '')
        give_back(id, job, now)
      end
      reply[#reply + 1] = id
      reply[#reply + 1] = job.crashes
      reply[#reply + 1] = state
    end
  end
end
write_ends(queue)
if empty and not nothing_waits() then
  offer_wake()
end
if page[1] == '0' and started and #redis.call('ZRANGEBYSCORE', sessions, '-inf', started, 'LIMIT', 0, 1) > 0 then
  local gone = redis.call('ZRANGEBYSCORE', sessions, '-inf', started, 'LIMIT', 0, 1000)
  redis.call('ZREM', sessions, unpack(gone))
  redis.call('HDEL', informed, unpack(gone))
  redis.call('HDEL', epochs, unpack(gone))
  redis.call('HDEL', workers, unpack(gone))
end
tell_events()
return reply
