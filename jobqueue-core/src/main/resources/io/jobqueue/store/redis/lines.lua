#!lua flags=no-writes
--#include keys
--#include clock
--#include formats
--#include notes
--#include reading
-- Reads the log of a job.
--
-- ARGV  id
-- Returns the lines, oldest first: ms (6 bytes) and text
local id = ARGV[1]
local written = tonumber(redis.call('HGET', log, id) or '0') or 0
if written == 0 or not is_kept(id, math.floor(clock_micros() / 1000)) then
  return {}
end
return redis.call('HMGET', log, unpack(log_places(id, math.max(0, written - LOG_PLACES), written - 1)))
