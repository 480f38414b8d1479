-- Whether the list of waiting jobs holds an entry: 'yes', 'no', or 'maybe' when that takes too long to find out.
-- The list is sorted by sequence as long as nobody else writes into it.
local LONGEST_READ = 20000
local function is_listed(member, seq)
  local size = redis.call('LLEN', waiting)
  local first, last = 0, size - 1
  while first <= last do
    local middle = math.floor((first + last) / 2)
    local found = redis.call('LINDEX', waiting, middle)
    if found == member then
      return 'yes'
    end
    if place_of(found) < seq then
      first = middle + 1
    else
      last = middle - 1
    end
  end
  if size > LONGEST_READ then
    return 'maybe'
  end
  return redis.call('LPOS', waiting, member) and 'yes' or 'no'
end
