#!lua flags=no-writes
-- Tells the type of every key of a queue, for the message about one that is not ours.
--
-- Returns a type a key, in the order of KEYS
local types = {}
for i, key in ipairs(KEYS) do
  types[i] = redis.call('TYPE', key).ok
end
return types
