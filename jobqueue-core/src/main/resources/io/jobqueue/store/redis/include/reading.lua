local function is_kept(id, now)
  if redis.call('HEXISTS', jobs, id) == 0 then
    return false
  end
  local outcome = redis.call('HGET', outcomes, id)
  if not outcome then
    return true
  end
  local _, _, expires = read_outcome(outcome)
  return expires > now
end

-- Reads one job: nil, or state (S W A 1 2 3), record, mark or '', outcome or '', due ms or '', progress or '', error or '',
-- attributes or ''.
local function read(id, now)
  local record = redis.call('HGET', jobs, id)
  if not record then
    return nil
  end
  local report = redis.call('HGET', progress, id) or ''
  local left = redis.call('HGET', attributes, id) or ''
  local outcome = redis.call('HGET', outcomes, id)
  if outcome then
    local state, _, expires = read_outcome(outcome)
    if expires <= now then
      return nil
    end
    return { tostring(state), record, '', outcome, '', report, '', left }
  end
  local mark = redis.call('HGET', marks, id)
  local failure = redis.call('HGET', errors, id) or ''
  if redis.call('HEXISTS', claims, id) == 1 then
    return { 'A', record, mark or '', '', '', report, failure, left }
  end
  local job = mark and read_mark(mark) or read_record(record)
  local due = redis.call('ZSCORE', scheduled, entry(job.seq, id))
  return { due and 'S' or 'W', record, mark or '', '', due or '', report, failure, left }
end
