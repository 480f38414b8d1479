-- How whoever waits for jobs is told that they have ended. A longer result is read by whoever waits, unless it is not kept.
local LARGEST_TOLD = 8192
local NOT_TOLD = 4294967295

local function end_to_tell(state, data, whole)
  return struct.pack('>B', state)
    .. ((whole or #data <= LARGEST_TOLD) and struct.pack('>I4', #data) .. data or struct.pack('>I4', NOT_TOLD))
end

-- waiting_for: of each id its channels, or false. Each channel gets one message: the queue, then a frame a job. Channels of
-- replies belong to a process and not to a queue, so they are in no slot and the message goes to all nodes of a cluster.
-- Whoever listens at the channel `own`, when there is one, knows already.
local function tell_waiters(queue, ids, told, waiting_for, own)
  local messages, struck = {}, {}
  for i, id in ipairs(ids) do
    if waiting_for[i] then
      struck[#struck + 1] = id
      local frame = struct.pack('>I2', #id) .. id .. told[i]
      for channel in string.gmatch(waiting_for[i], '[^\n]+') do
        if channel ~= own then
          messages[channel] = (messages[channel] or struct.pack('>I2', #queue) .. queue) .. frame
        end
      end
    end
  end
  if #struck > 0 then
    redis.call('HDEL', waiters, unpack(struck))
  end
  for channel, message in pairs(messages) do
    redis.call('PUBLISH', channel, message)
  end
end
