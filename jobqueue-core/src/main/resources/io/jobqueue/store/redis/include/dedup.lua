-- Dedup keys. dedup: key → mode, expiry ms, id of the holder. dedup_of: id → key, for modes bound to the job's life.
-- dedup_expiry: keys with an end by time.
local UNTIL_TERMINAL, WINDOW, UNTIL_TERMINAL_OR_TTL, DEBOUNCE = 1, 2, 3, 4

-- Returns the mode and the holder of a key that is held now, or nil.
local function key_holder(key, now)
  local held = redis.call('HGET', dedup, key)
  if not held or #held < 8 then
    return nil
  end
  local mode, expires = struct.unpack('>BI6', held)
  local id = string.sub(held, 8)
  if expires > 0 and expires <= now then
    return nil
  end
  if mode == WINDOW then
    return mode, id
  end
  local lives = redis.call('HEXISTS', jobs, id) == 1 and redis.call('HEXISTS', outcomes, id) == 0
  if not lives or (mode == DEBOUNCE and redis.call('HEXISTS', claims, id) == 1) then
    return nil
  end
  return mode, id
end

local function hold_key(key, mode, ttl, id, now)
  local expires = ttl > 0 and now + ttl or 0
  redis.call('HSET', dedup, key, struct.pack('>BI6', mode, expires) .. id)
  redis.call('ZREM', dedup_expiry, key)
  if expires > 0 then
    redis.call('ZADD', dedup_expiry, expires, key)
  end
  if mode ~= WINDOW then
    redis.call('HSET', dedup_of, id, key)
  end
end
