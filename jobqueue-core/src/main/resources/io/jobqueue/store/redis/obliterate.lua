#!lua flags=allow-oom
--#include keys
-- Erases a queue but for its leader and the number of its last claim.
--
-- ARGV  '1': running jobs too
-- Returns 1, or 0 when a job is active and that was not said; then nothing changed
if ARGV[1] ~= '1' and redis.call('HLEN', claims) > 0 then
  return 0
end
for _, key in ipairs(KEYS) do
  if key ~= leader and key ~= fences then
    redis.call('UNLINK', key)
  end
end
return 1
