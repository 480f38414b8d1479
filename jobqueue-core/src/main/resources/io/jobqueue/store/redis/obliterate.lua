#!lua flags=allow-oom
--#include keys
-- Erases a queue but for its leader, the number of its last claim, and what its listeners need to go on.
--
-- ARGV  '1': running jobs too
-- Returns 1, or 0 when a job is active and that was not said; then nothing changed
if ARGV[1] ~= '1' and redis.call('HLEN', claims) > 0 then
  return 0
end
local kept = { [leader] = true, [fences] = true, [watch] = true, [events] = true, [event_count] = true }
for _, key in ipairs(KEYS) do
  if not kept[key] then
    redis.call('UNLINK', key)
  end
end
return 1
