-- Pages of the jobs in a state. A cursor is a position in the indexes, or a scan and how much of its answer was taken.

-- A page ends with the job with which it has read so much, so that large jobs do not hold the server up.
local MOST_BYTES = 4194304

-- Pages of indexes that lie one behind the other.
local function by_position(indexes, cursor, limit)
  local from = cursor == '' and 0 or tonumber(cursor)
  local found, start = {}, 0
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
  return found, function(taken)
    return #found > 0 and from + taken < start and string.format('%.0f', from + taken) or ''
  end
end

-- A scan may answer more than was asked for; the cursor then says how much of the same answer was taken, and what was
-- asked for. Its values come along, so where they are large it goes on by few at a time, until they are many bytes.
local MOST_SCANNED, MOST_SCANS = 1048576, 100
local function by_scan(key, cursor, limit)
  local scan, before, count = string.match(cursor == '' and '0 0' or cursor, '^(%d+) (%d+) ?(%d*)$')
  before = tonumber(before)
  local found, scans, bytes = {}, {}, 0
  local at_once = scan_size(key, limit)
  repeat
    count = before > 0 and tonumber(count) or at_once
    local page = redis.call('HSCAN', key, scan, 'COUNT', count)
    local size = #page[2] / 2
    for i = 1, size do
      bytes = bytes + #page[2][2 * i]
    end
    for i = before + 1, math.min(size, before + limit - #found) do
      found[#found + 1] = page[2][2 * i - 1]
    end
    scans[#scans + 1] = { scan = scan, count = count, size = size, before = before, found = #found, following = page[1] }
    scan, before = page[1], 0
  until scan == '0' or #found >= limit or bytes >= MOST_SCANNED or #scans >= MOST_SCANS
  return found, function(taken)
    local earlier, at = 0, 1
    while at < #scans and scans[at].found <= taken do
      earlier, at = scans[at].found, at + 1
    end
    local its = scans[at]
    local position = its.before + taken - earlier
    if position < its.size then
      return string.format('%s %.0f', its.scan, position) .. (position > 0 and ' ' .. its.count or '')
    end
    return its.following ~= '0' and its.following .. ' 0' or ''
  end, #scans, bytes
end

local function whole(member)
  return member
end

local function sorted(key, part)
  return { size = redis.call('ZCARD', key), range = 'ZRANGE', key = key, part = part }
end

-- Returns entries of the states S and W, else ids, and what gives the cursor behind the first so many ('': the end); then
-- how many scans it took and how many bytes they read, nothing when it took none.
local function page_of(state, cursor, limit)
  if state == 'S' then
    return by_position({ sorted(scheduled, whole) }, cursor, limit)
  elseif state == 'W' then
    -- What returned to an old place came out of the list before all that is in it.
    local first = redis.call('ZCOUNT', prioritized, '-inf', 0)
    local rest = redis.call('ZCARD', prioritized) - first
    return by_position({
      { size = first, range = 'ZRANGE', key = prioritized, part = whole },
      { size = redis.call('LLEN', waiting), range = 'LRANGE', key = waiting, part = whole },
      { size = rest, range = 'ZRANGE', key = prioritized, part = whole, offset = first },
      sorted(parked, entry_aside),
    }, cursor, limit)
  elseif state == '2' then
    return by_position({ { size = redis.call('ZCARD', dead), range = 'ZREVRANGE', key = dead, part = whole } },
      cursor, limit)
  elseif state == 'A' then
    return by_scan(claims, cursor, limit)
  end
  return by_scan(outcomes, cursor, limit)
end

-- An entry is valid only while record or mark name its sequence.
local function is_current(entry_, job)
  local record, mark = job[2], job[3]
  return string.sub(entry_, 1, 6) == string.sub(mark ~= '' and mark or record, 2, 7)
    or not is_format(record, RECORD_SIZE)
end

local function bytes_of(job)
  local bytes = 0
  for _, part in ipairs(job) do
    bytes = bytes + #part
  end
  return bytes
end

local function is_entry(state)
  return state == 'S' or state == 'W'
end

-- Returns what include/reading.lua says of a member of a page, or nil when it is in another state by now.
local function read_member(state, member, now)
  local id = is_entry(state) and string.sub(member, 7) or member
  local job = read(id, now)
  if job and job[1] == state and (not is_entry(state) or is_current(member, job)) then
    return id, job
  end
  return nil
end
