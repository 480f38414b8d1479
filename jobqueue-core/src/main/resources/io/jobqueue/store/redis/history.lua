#!lua flags=no-writes
--#include keys
--#include clock
--#include formats
--#include reading
-- Reads the attempts of a job that are over.
--
-- ARGV  id
-- Returns nothing when there is no such job, else what include/attempts.lua says or '', its outcome or ''
local id = ARGV[1]
if not is_kept(id, math.floor(clock_micros() / 1000)) then
  return {}
end
return { redis.call('HGET', attempts, id) or '', redis.call('HGET', outcomes, id) or '' }
