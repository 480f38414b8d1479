-- attempts: id → its newest attempts that did not end it, each: version, end, number, started, ended (ms), lengths of the
-- worker's name and the error, name, error. The attempt that ends a job stands in its outcome.
local ATTEMPT, ATTEMPT_SIZE, MOST_ATTEMPTS = '>BBI4I6I6BI4', 23, 10
local CRASHED = 4

-- Returns where each attempt begins; nothing when that cannot be read.
local function attempt_starts(kept)
  local starts, position = {}, 1
  while position <= #kept do
    if not is_format(string.sub(kept, position, position + ATTEMPT_SIZE - 1), ATTEMPT_SIZE) then
      return {}
    end
    starts[#starts + 1] = position
    local _, _, _, _, _, name, error_ = struct.unpack(ATTEMPT, kept, position)
    position = position + ATTEMPT_SIZE + name + error_
  end
  return position == #kept + 1 and starts or {}
end

local function keep_attempt(id, how, number, fence, now, worker, data)
  local kept = redis.call('HGET', attempts, id) or ''
  local starts = attempt_starts(kept)
  local first = starts[math.max(1, #starts - MOST_ATTEMPTS + 2)]
  local started = math.min(math.floor(fence / 1000), now)
  redis.call('HSET', attempts, id, (first and string.sub(kept, first) or '')
    .. struct.pack(ATTEMPT, VERSION, how, number, started, now, #worker, #data) .. worker .. data)
end
