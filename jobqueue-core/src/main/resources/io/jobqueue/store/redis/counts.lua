#!lua flags=no-writes
--#include keys
-- Counts jobs by state, from the sizes of the indexes.
--
-- Returns scheduled, waiting, active, completed, failed, cancelled
local counted = redis.call('HMGET', stats, 'stale', 'completed', 'cancelled')
return {
  redis.call('ZCARD', scheduled),
  redis.call('LLEN', waiting) + redis.call('ZCARD', prioritized) + redis.call('ZCARD', parked)
    - tonumber(counted[1] or '0'),
  redis.call('HLEN', claims),
  tonumber(counted[2] or '0'),
  redis.call('ZCARD', dead),
  tonumber(counted[3] or '0'),
}
