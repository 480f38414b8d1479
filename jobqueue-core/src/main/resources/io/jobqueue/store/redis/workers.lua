#!lua flags=no-writes
--#include keys
--#include clock
-- Reads the sessions in their lease, and one page of all claims.
--
-- ARGV  cursor ('0': begin)
-- Returns the next cursor ('0': done), now ms, how many sessions, then per session: id, deadline ms, since ms (6 bytes) and
--         name of the worker; then per claim: id of the job, session and fence (16 digits)
local cursor = ARGV[1]
local now = math.floor(clock_micros() / 1000)
local page = redis.call('HSCAN', claims, cursor, 'COUNT', 200)
local reply = { page[1], string.format('%.0f', now), '0' }
if cursor == '0' then
  local live = redis.call('ZRANGEBYSCORE', sessions, '(' .. string.format('%.0f', now), '+inf', 'WITHSCORES')
  local listed = 0
  for i = 1, #live, 2 do
    local worker = redis.call('HGET', workers, live[i])
    if worker then
      listed = listed + 1
      reply[#reply + 1] = live[i]
      reply[#reply + 1] = live[i + 1]
      reply[#reply + 1] = worker
    end
  end
  reply[3] = tostring(listed)
end
for _, part in ipairs(page[2]) do
  reply[#reply + 1] = part
end
return reply
