-- What a step leaves for others to notice.
-- A hint that cannot be given must not fail the step it belongs to.
local function offer_wake()
  if redis.pcall('LLEN', wake) == 0 then
    redis.call('RPUSH', wake, '1')
  end
end

local function nothing_waits()
  return redis.call('LLEN', waiting) == 0 and redis.call('ZCARD', prioritized) == 0
end

-- Notes when something happened last; no step fails for it.
local function note_activity(now)
  redis.pcall('HSET', stats, 'activity', string.format('%.0f', now))
end
