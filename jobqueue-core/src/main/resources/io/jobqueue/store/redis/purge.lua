#!lua flags=allow-oom
--#include keys
--#include clock
--#include formats
--#include notes
--#include telling
--#include ending
--#include leading
-- Removes ended jobs whose retention is over, then those that are more than their state may have: of these the ones
-- whose retention ends first. Forgets dedup keys whose time is over.
--
-- ARGV  holder, number of the term, limit, most completed, most failed, most cancelled jobs ('' each: no limit)
-- Returns -1 when the term is over; else how many were removed, and at least 1 when there may be more; the limit when it
--         was reached by keys, or so much was read that large results may have kept it from being reached
local now = math.floor(clock_micros() / 1000)
if not leads(ARGV[1], ARGV[2], now) then
  return -1
end
local limit = tonumber(ARGV[3])
local most_looked_at, removed, looked_at = 10 * limit, 0, 0
local MOST_BYTES, FEW, FEW_BYTES = 1048576, 4, 65536
local read_bytes, at_once = 0, FEW -- results come with the outcomes: few at once until they have proved small
local keys = redis.call('ZRANGEBYSCORE', dedup_expiry, '-inf', now, 'LIMIT', 0, limit)
if #keys > 0 then
  redis.call('HDEL', dedup, unpack(keys))
  redis.call('ZREM', dedup_expiry, unpack(keys))
end
if tonumber(redis.call('GET', watch) or '0') <= now then
  redis.call('DEL', watch, events)
end

local function may_go_on()
  return removed < limit and looked_at < most_looked_at and read_bytes < MOST_BYTES
end

-- Erases up to `most` of the jobs of an element that `is_gone` says. What was looked at leaves the element, erased or
-- not: a job whose retention was changed or that ended anew stands in another.
local function work_off(key, member, score, most, is_gone)
  local position, before = 7, removed
  while position <= #member and removed - before < most and looked_at < most_looked_at
      and read_bytes < MOST_BYTES do
    local page = math.min(at_once, most - (removed - before), most_looked_at - looked_at)
    local ids, seen = {}, {}
    while position <= #member and page > 0 do
      local stop = string.find(member, '\n', position, true) or #member + 1
      local id = string.sub(member, position, stop - 1)
      position = stop + 1
      page = page - 1
      looked_at = looked_at + 1
      if not seen[id] then
        seen[id] = true
        ids[#ids + 1] = id
      end
    end
    local gone, their_outcomes, bytes = {}, {}, 0
    for i, outcome in ipairs(redis.call('HMGET', outcomes, unpack(ids))) do
      bytes = bytes + (outcome and #outcome or 0)
      if outcome and is_gone(outcome) then
        gone[#gone + 1] = ids[i]
        their_outcomes[#gone] = outcome
      end
    end
    at_once = bytes < FEW_BYTES and 4 * at_once or FEW
    read_bytes = read_bytes + bytes
    if #gone > 0 then
      erase_all(gone, their_outcomes)
      removed = removed + #gone
    end
  end
  redis.call('ZREM', key, member)
  if position <= #member then
    redis.call('ZADD', key, score, string.sub(member, 1, 6) .. string.sub(member, position))
  end
  return removed - before
end

local function is_over(outcome)
  local _, _, expires = read_outcome(outcome)
  return expires <= now or expires == NEVER
end

-- The element whose retention is over for the longest time.
local function first_over()
  local key, first
  for _, each in ipairs(retained) do
    local found = redis.call('ZRANGEBYSCORE', each, '-inf', now, 'WITHSCORES', 'LIMIT', 0, 1)
    if found[1] and (not first or tonumber(found[2]) < tonumber(first[2])) then
      key, first = each, found
    end
  end
  return key, first
end

while may_go_on() do
  local key, first = first_over()
  if not key then
    break
  end
  work_off(key, first[1], first[2], limit - removed, is_over)
end

local function kept_in(state)
  if state == FAILED then
    return redis.call('ZCARD', dead)
  end
  return tonumber(redis.call('HGET', stats, state == COMPLETED and 'completed' or 'cancelled') or '0') or 0
end

for state, key in ipairs(retained) do
  local most = tonumber(ARGV[3 + state])
  local excess = most and may_go_on() and kept_in(state) - most or 0
  while excess > 0 and may_go_on() do
    local first = redis.call('ZRANGE', key, 0, 0, 'WITHSCORES')
    if not first[1] then
      break
    end
    excess = excess - work_off(key, first[1], first[2], math.min(excess, limit - removed), function(outcome)
      local its_state, _, expires = read_outcome(outcome)
      return expires == NEVER or (its_state == state and expires == tonumber(first[2]))
    end)
  end
end
if #keys == limit or read_bytes >= MOST_BYTES then
  return limit
end
return looked_at >= most_looked_at and math.max(1, removed) or removed
