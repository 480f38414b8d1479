#!lua flags=allow-oom
--#include keys
--#include formats
--#include signals
--#include index
-- Wakes one worker that waits, or the next that will.
offer_wake()
return 1
