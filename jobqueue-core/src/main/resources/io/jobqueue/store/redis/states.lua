#!lua flags=no-writes
--#include keys
--#include clock
--#include formats
--#include signals
--#include index
-- Reads the states of many jobs.
--
-- ARGV  ids
-- Returns a letter an id: S W A 1 2 3, or '-' when there is none
local now = math.floor(clock_micros() / 1000)

local function letter(id)
  local outcome = redis.call('HGET', outcomes, id)
  if outcome then
    local state, _, expires = read_outcome(outcome)
    return expires > now and tostring(state) or '-'
  end
  if redis.call('HEXISTS', claims, id) == 1 then
    return 'A'
  end
  if redis.call('HEXISTS', jobs, id) == 0 then
    return '-'
  end
  if redis.call('ZCARD', scheduled) == 0 then
    return 'W'
  end
  return redis.call('ZSCORE', scheduled, entry(standing(id).seq, id)) and 'S' or 'W'
end

local letters = {}
for i = 1, tonumber(ARGV[1]) do
  letters[i] = letter(ARGV[i + 1])
end
return table.concat(letters)
