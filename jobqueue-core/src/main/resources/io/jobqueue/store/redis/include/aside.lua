-- Entries that a claim came across and passed over stand aside, so that no claim looks at them again for nothing: those of
-- paused types, and those of types that the worker does not take. An element of `parked` is type, line break, rank and
-- entry, all of score 0: by type, then priority, then sequence.
local RANK_OF_PLAIN = 2147483647

local function parked_entry(job_type, priority, member)
  return job_type .. '\n' .. struct.pack('>I4', RANK_OF_PLAIN - priority) .. member
end

-- The entry of a set-aside element.
local function entry_aside(member)
  return string.sub(member, (string.find(member, '\n', 1, true) or 0) + 5)
end

-- From where to where the elements of a type lie: no type holds a character between.
local function type_aside(job_type)
  return '[' .. job_type .. '\n', '(' .. job_type .. '\11'
end

-- The types of which entries stand aside; each costs a look.
local function types_aside()
  local types, from = {}, '-'
  while true do
    local first = redis.call('ZRANGEBYLEX', parked, from, '+', 'LIMIT', 0, 1)[1]
    if not first then
      return types
    end
    types[#types + 1] = string.sub(first, 1, (string.find(first, '\n', 1, true) or 1) - 1)
    local _, behind = type_aside(types[#types])
    from = '[' .. string.sub(behind, 2)
  end
end
