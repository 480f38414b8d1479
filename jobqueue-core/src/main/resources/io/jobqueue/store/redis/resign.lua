#!lua flags=allow-oom
--#include keys
--#include clock
--#include leading
-- Gives the lead back; nothing when the term is over.
--
-- ARGV  holder, number of the term
if leads(ARGV[1], ARGV[2], math.floor(clock_micros() / 1000)) then
  redis.call('HSET', leader, 'deadline', 0)
end
return 1
