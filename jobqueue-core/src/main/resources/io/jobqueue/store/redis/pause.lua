#!lua flags=allow-oom
--#include keys
-- Lets no job of a type, or nothing by a worker, be claimed.
--
-- ARGV  type, '' for every job, or a line break and the name of a worker
redis.call('HSET', paused, ARGV[1], '1')
return 1
