#!lua flags=allow-oom
--#include keys
-- Strikes a channel off those to be told when a job ends.
--
-- ARGV  id, channel
local id, channel = ARGV[1], ARGV[2]
local known = redis.call('HGET', waiters, id)
if known then
  local others = {}
  for other in string.gmatch(known, '[^\n]+') do
    if other ~= channel then
      others[#others + 1] = other
    end
  end
  if #others == 0 then
    redis.call('HDEL', waiters, id)
  else
    redis.call('HSET', waiters, id, table.concat(others, '\n'))
  end
end
return 1
