#!lua
--#include keys
--#include clock
--#include formats
--#include events
--#include signals
--#include index
--#include holding
-- Merges changes into the attributes of a claim that is current, all or none.
--
-- ARGV  session, id, fence (16 digits), most attributes, changes, then per change: name, value ('': removed)
-- Returns 1, 0 when the claim is not current, -1 when there would be too many
local session, id, fence, most, changes = unpack(ARGV, 1, 5)
local now = math.floor(clock_micros() / 1000)
if not is_current(session, id, fence, now) then
  return 0
end
observe(now)
local names, values = {}, {}

local function put(name, value)
  if not values[name] then
    names[#names + 1] = name
  end
  values[name] = value
end

local stored = redis.call('HGET', attributes, id) or ''
local position = 1
while position <= #stored do
  local read, name, value, following = pcall(struct.unpack, '>I2c0I2c0', stored, position)
  if not read then
    break
  end
  put(name, value)
  position = following
end
for i = 1, tonumber(changes) do
  put(ARGV[2 * i + 4], ARGV[2 * i + 5])
end
local merged = {}
for _, name in ipairs(names) do
  if values[name] ~= '' then
    merged[#merged + 1] = struct.pack('>I2c0I2c0', #name, name, #values[name], values[name])
  end
end
if #merged > tonumber(most) then
  return -1
end
if #merged > 0 then
  redis.call('HSET', attributes, id, table.concat(merged))
else
  redis.call('HDEL', attributes, id)
end
happened_in_run(KIND.UPDATED, id, '')
tell_events()
return 1
