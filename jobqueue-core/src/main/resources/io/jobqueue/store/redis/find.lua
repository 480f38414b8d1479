#!lua flags=no-writes
--#include keys
--#include clock
--#include formats
--#include reading
-- Reads one job.
--
-- ARGV  id
-- Returns nil, or what include/reading.lua says
return read(ARGV[1], math.floor(clock_micros() / 1000)) or false
