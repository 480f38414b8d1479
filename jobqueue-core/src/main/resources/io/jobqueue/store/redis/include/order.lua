-- Takes up to `limit` entries in order of priority, then sequence.
local function take(limit)
  if redis.call('ZCARD', prioritized) == 0 then
    return redis.call('LPOP', waiting, limit) or {}
  end
  local sorted = redis.call('ZRANGE', prioritized, 0, limit - 1, 'WITHSCORES')
  local plain = redis.call('LRANGE', waiting, 0, limit - 1)
  local entries, taken, s, p = {}, {}, 1, 1
  while #entries < limit and (sorted[s] or plain[p]) do
    local score = tonumber(sorted[s + 1])
    if plain[p] and (not score or score > 0
        or (score == 0 and place_of(plain[p]) < place_of(sorted[s]))) then
      entries[#entries + 1] = plain[p]
      p = p + 1
    else
      entries[#entries + 1] = sorted[s]
      taken[#taken + 1] = sorted[s]
      s = s + 2
    end
  end
  if #taken > 0 then
    redis.call('ZREM', prioritized, unpack(taken))
  end
  if p > 1 then
    redis.call('LPOP', waiting, p - 1)
  end
  return entries
end
