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
-- ACTIVE → WAITING at the old place for one page of claims that a session holds and its worker does not know.
--
-- ARGV  queue, session, lease ms, epoch, cursor, claims of earlier pages that stay, known claims, then per known claim: id, fence
-- Returns the next cursor ('0': done), how many were released, how many stay so far
local queue, session, lease, epoch, cursor = ARGV[1], ARGV[2], tonumber(ARGV[3]), tonumber(ARGV[4]), ARGV[5]
local now = math.floor(clock_micros() / 1000)
local deadline = redis.call('ZSCORE', sessions, session)
local begun = tonumber(redis.call('HGET', epochs, session) or '0')
local unknown = not deadline and epoch == 0
if unknown or epoch < begun or (deadline and tonumber(deadline) <= now) then
  return { '0', 0, 1 }
end
observe(now)
if epoch > begun then
  redis.call('HSET', epochs, session, epoch)
  if not deadline then
    redis.call('ZADD', sessions, now + lease, session)
  end
end
local known = {}
for i = 1, tonumber(ARGV[7]) do
  known[ARGV[2 * i + 7] .. ARGV[2 * i + 6]] = true
end
local page = redis.call('HSCAN', claims, cursor, 'COUNT', 200)
local released, kept = 0, tonumber(ARGV[6])
local empty = nothing_waits()
for i = 1, #page[2], 2 do
  local id, token = page[2][i], page[2][i + 1]
  if string.sub(token, 1, -17) == session then
    if known[string.sub(token, -16) .. id] then
      kept = kept + 1
    else
      local job = standing(id)
      redis.call('HDEL', claims, id)
      released = released + 1
      local flag = redis.call('HGET', cancels, id)
      if job and flag then
        redis.call('HDEL', cancels, id)
        happened(KIND.CANCELLED, id, job.failures, '')
        finish(id, job, CANCELLED, job.failures, now, tonumber(string.sub(flag, 17)), '')
      elseif job then
        happened(KIND.RELEASED, id, job.failures, '')
        give_back(id, job, now)
      end
    end
  end
end
write_ends(queue)
if empty and not nothing_waits() then
  offer_wake()
end
if page[1] == '0' and kept == 0 then
  redis.call('HDEL', workers, session)
  redis.call('HDEL', informed, session)
  if epoch == 0 then
    redis.call('ZREM', sessions, session)
  end
end
tell_events()
return { page[1], released, kept }
