#!lua flags=no-writes
--#include keys
--#include clock
--#include formats
--#include reading
-- Reads one page of the jobs in a state.
--
-- ARGV  state (S W A 1 2 3), cursor ('': first; a position, or scan and taken), limit
-- Returns the next cursor ('': last), then per job: id and what include/reading.lua says
local state, cursor, limit = ARGV[1], ARGV[2], tonumber(ARGV[3])
local now = math.floor(clock_micros() / 1000)
local found, following = {}, ''

-- Pages of indexes that lie one behind the other; the cursor is a position in all of them.
local function by_position(indexes)
  local from = cursor == '' and 0 or tonumber(cursor)
  local start = 0
  for _, index in ipairs(indexes) do
    if #found < limit and from < start + index.size then
      local first = math.max(0, from - start)
      local last = math.min(index.size, first + limit - #found) - 1
      local offset = index.offset or 0
      for _, member in ipairs(redis.call(index.range, index.key, offset + first, offset + last)) do
        found[#found + 1] = index.part(member)
      end
    end
    start = start + index.size
  end
  if from + #found < start and #found > 0 then
    following = string.format('%.0f', from + #found)
  end
end

-- A scan may answer more than was asked for; the cursor then says how much of the same answer was taken.
local function by_scan(key)
  local scanned, taken = string.match(cursor == '' and '0 0' or cursor, '^(%d+) (%d+)$')
  local page = redis.call('HSCAN', key, scanned, 'COUNT', limit)
  local first = tonumber(taken) + 1
  local last = math.min(#page[2] / 2, first + limit - 1)
  for i = first, last do
    found[#found + 1] = page[2][2 * i - 1]
  end
  if last < #page[2] / 2 then
    following = scanned .. ' ' .. string.format('%.0f', last)
  elseif page[1] ~= '0' then
    following = page[1] .. ' 0'
  end
end

local function whole(member)
  return member
end

local function behind_type(member)
  return string.sub(member, string.find(member, '\n', 1, true) + 1)
end

local function sorted(key, part)
  return { size = redis.call('ZCARD', key), range = 'ZRANGE', key = key, part = part }
end

if state == 'S' then
  by_position({ sorted(scheduled, whole) })
elseif state == 'W' then
  -- What returned to an old place came out of the list before all that is in it.
  local first = redis.call('ZCOUNT', prioritized, '-inf', 0)
  local rest = redis.call('ZCARD', prioritized) - first
  by_position({
    { size = first, range = 'ZRANGE', key = prioritized, part = whole },
    { size = redis.call('LLEN', waiting), range = 'LRANGE', key = waiting, part = whole },
    { size = rest, range = 'ZRANGE', key = prioritized, part = whole, offset = first },
    sorted(parked, behind_type),
  })
elseif state == '2' then
  by_position({ { size = redis.call('ZCARD', dead), range = 'ZREVRANGE', key = dead, part = whole } })
elseif state == 'A' then
  by_scan(claims)
else
  by_scan(outcomes)
end

-- An entry is valid only while record or mark name its sequence.
local function is_current(entry_, job)
  local record, mark = job[2], job[3]
  return string.sub(entry_, 1, 6) == string.sub(mark ~= '' and mark or record, 2, 7)
    or not is_format(record, RECORD_SIZE)
end

local by_entry = state == 'S' or state == 'W'
local reply = { following }
for _, member in ipairs(found) do
  local id = by_entry and string.sub(member, 7) or member
  local job = read(id, now)
  if job and job[1] == state and (not by_entry or is_current(member, job)) then
    reply[#reply + 1] = id
    for _, part in ipairs(job) do
      reply[#reply + 1] = part
    end
  end
end
return reply
