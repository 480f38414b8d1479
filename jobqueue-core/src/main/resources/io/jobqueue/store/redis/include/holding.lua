-- Whether a claim is current: its session holds its lease, and nobody has claimed the job since.
local function is_current(session, id, fence, now)
  local deadline = redis.call('ZSCORE', sessions, session)
  return deadline and tonumber(deadline) > now and redis.call('HGET', claims, id) == session .. fence
end
