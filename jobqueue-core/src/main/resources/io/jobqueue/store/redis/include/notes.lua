-- What runs leave with their jobs. attributes: id → name and value each, lengths before them.
-- log: id → how many lines there ever were; id, line break, place → ms and text of a line; places are used in turn.
local LOG_PLACES = 100

local function log_places(id, first, last)
  local fields = {}
  for line = first, last do
    fields[#fields + 1] = id .. '\n' .. line % LOG_PLACES
  end
  return fields
end

local function drop_log(id)
  local written = redis.call('HGET', log, id)
  if written then
    redis.call('HDEL', log, id, unpack(log_places(id, 0, math.min(tonumber(written) or LOG_PLACES, LOG_PLACES) - 1)))
  end
end

local used = {}
local function is_used(key)
  if used[key] == nil then
    used[key] = redis.call('HLEN', key) > 0
  end
  return used[key]
end

local function drop_notes(ids)
  redis.call('HDEL', progress, unpack(ids))
  if is_used(attributes) then
    redis.call('HDEL', attributes, unpack(ids))
  end
  if is_used(attempts) then
    redis.call('HDEL', attempts, unpack(ids))
  end
  if is_used(log) then
    for _, id in ipairs(ids) do
      drop_log(id)
    end
  end
end
