#!lua flags=allow-oom
--#include keys
-- Lets no job of a type be claimed.
--
-- ARGV  type, or '' for every job
redis.call('HSET', paused, ARGV[1], '1')
return 1
