-- The line of all that may be claimed, in order of priority, then sequence.

local function entry_of(member)
  return member
end

local function rank_aside(member)
  local rank = string.sub(member, -#entry_aside(member) - 4)
  return #rank >= 10 and struct.unpack('>I4', rank) - RANK_OF_PLAIN or 0
end

local function scores(found)
  local members, ranks = {}, {}
  for i = 1, #found, 2 do
    members[#members + 1] = found[i]
    ranks[#ranks + 1] = tonumber(found[i + 1])
  end
  return members, ranks
end

-- Up to `limit` entries of all indexes merged, those of `types` that stand aside among them, and of these no more than
-- there is `room` for, when it says so; then where they came from, nil: all from the list. They stay where they are until
-- `leave` is called.
local function heads(limit, types, room)
  if #types == 0 and redis.call('ZCARD', prioritized) == 0 then
    return redis.call('LRANGE', waiting, 0, limit - 1)
  end
  local members, ranks = scores(redis.call('ZRANGE', prioritized, 0, limit - 1, 'WITHSCORES'))
  local lines = {
    { key = waiting, entry = entry_of, members = redis.call('LRANGE', waiting, 0, limit - 1), next = 1 },
    { key = prioritized, entry = entry_of, members = members, ranks = ranks, next = 1 },
  }
  for _, job_type in ipairs(types) do
    local from, to = type_aside(job_type)
    local most = room and room[job_type] or limit
    local aside = redis.call('ZRANGEBYLEX', parked, from, to, 'LIMIT', 0, math.min(most, limit))
    if #aside > 0 then
      lines[#lines + 1] = { key = parked, entry = entry_aside, members = aside, next = 1 }
    end
  end
  local function show_head(line)
    local member = line.members[line.next]
    line.head = member and line.entry(member)
    if member then
      line.place = place_of(line.head)
      line.rank = line.ranks and line.ranks[line.next] or line.key == parked and rank_aside(member) or 0
    end
  end
  for _, line in ipairs(lines) do
    show_head(line)
  end
  local entries, came_from = {}, {}
  while #entries < limit do
    local first
    for _, line in ipairs(lines) do
      if line.head and (not first or line.rank < first.rank
          or (line.rank == first.rank and line.place < first.place)) then
        first = line
      end
    end
    if not first then
      break
    end
    entries[#entries + 1] = first.head
    came_from[#entries] = first
    first.next = first.next + 1
    show_head(first)
  end
  return entries, came_from
end

-- Takes the first `count` of such entries out of their indexes.
local function leave(came_from, count)
  if not came_from then
    redis.call('LPOP', waiting, count)
    return
  end
  local plain, taken = 0, { [prioritized] = {}, [parked] = {} }
  local seen = {}
  for i = 1, count do
    local line = came_from[i]
    seen[line] = (seen[line] or 0) + 1
    if line.key == waiting then
      plain = plain + 1
    else
      local members = taken[line.key]
      members[#members + 1] = line.members[seen[line]]
    end
  end
  for key, members in pairs(taken) do
    if #members > 0 then
      redis.call('ZREM', key, unpack(members))
    end
  end
  if plain > 0 then
    redis.call('LPOP', waiting, plain)
  end
end
