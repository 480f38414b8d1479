-- A record is written once and never changed: version, sequence, created, priority, then bytes only Java reads.
-- A mark holds what differs from the record: sequence (0: no valid entry), since, priority, failures,
-- crashes, hand-backs, fence of the last settlement. An outcome holds how a job ended.
-- An entry of an index is sequence and id; it is valid only while record or mark name the same sequence.
-- An element of the retained set is a sequence and ids, one a line: no id holds a line break.
-- Times are milliseconds since the epoch.
local RECORD, MARK, OUTCOME = '>BI6I6i4', '>I6I6i4I4I2I2I7', '>BI6I6I4I2I7'
local COMPLETED, FAILED, CANCELLED = 1, 2, 3

local function read_record(record)
  local _, seq, created, priority = struct.unpack(RECORD, record)
  return { seq = seq, since = created, priority = priority, failures = 0, crashes = 0, handbacks = 0, fence = 0 }
end

local function read_mark(mark)
  local seq, since, priority, failures, crashes, handbacks, fence = struct.unpack(MARK, mark)
  return { seq = seq, since = since, priority = priority, failures = failures, crashes = crashes,
    handbacks = handbacks, fence = fence }
end

local function pack_mark(m)
  return struct.pack(MARK, m.seq, m.since, m.priority, m.failures, m.crashes, m.handbacks, m.fence)
end

local function entry(seq, id)
  return struct.pack('>I6', seq) .. id
end

local function fence_text(fence)
  return string.format('%016.0f', fence)
end
