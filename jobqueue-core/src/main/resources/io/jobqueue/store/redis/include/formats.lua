-- A record is written once and changed by an operator alone: version, sequence, created, priority, then bytes only Java reads.
-- A mark holds what differs from the record: sequence (0: no valid entry), since, priority, failures,
-- crashes, hand-backs, fence of the last settlement. An outcome holds how a job ended: state, finished, expires, attempts,
-- crashes, fence of the last claim that was settled, length of a name and the name of the worker whose attempt ended it
-- ('': none did), then bytes only Java reads.
-- An entry of an index is sequence and id; it is valid only while record or mark name the same sequence.
-- An element of a retained set, one set a state, is a sequence and ids, one a line: no id holds a line break.
-- Record, mark and outcome begin with the version of their format. What has another version or is too short, because a
-- newer release or somebody else wrote it, is not looked into: a record makes its job unreadable, a mark counts as lost,
-- an outcome as that of a failed job that nobody can read and that is kept until its retention is over.
-- Times are milliseconds since the epoch.
local VERSION = 1
local RECORD, MARK, OUTCOME = '>BI6I6i4', '>BI6I6i4I4I2I2I7', '>BBI6I6I4I2I7B'
local RECORD_SIZE, MARK_SIZE, OUTCOME_SIZE = 17, 32, 28
local NEVER = 281474976710655
local COMPLETED, FAILED, CANCELLED = 1, 2, 3
local retained = { retained_completed, retained_failed, retained_cancelled }
-- New jobs are numbered up from the middle, jobs that go to the front down from it.
local MIDDLE = 70368744177664

local function is_format(bytes, size)
  return #bytes >= size and string.byte(bytes) == VERSION
end

local function read_record(record)
  if not is_format(record, RECORD_SIZE) then
    return { seq = 0, since = 0, priority = 0, failures = 0, crashes = 0, handbacks = 0, fence = 0, unreadable = true }
  end
  local _, seq, created, priority = struct.unpack(RECORD, record)
  return { seq = seq, since = created, priority = priority, failures = 0, crashes = 0, handbacks = 0, fence = 0 }
end

-- Returns nil for a mark that counts as lost.
local function read_mark(mark)
  if not is_format(mark, MARK_SIZE) then
    return nil
  end
  local _, seq, since, priority, failures, crashes, handbacks, fence = struct.unpack(MARK, mark)
  return { seq = seq, since = since, priority = priority, failures = failures, crashes = crashes,
    handbacks = handbacks, fence = fence }
end

local function pack_mark(m)
  return struct.pack(MARK, VERSION, m.seq, m.since, m.priority, m.failures, m.crashes, m.handbacks, m.fence)
end

-- Returns state, when it ended, when its retention is over, attempts, crashes, fence.
local function read_outcome(outcome)
  if not is_format(outcome, OUTCOME_SIZE) then
    return FAILED, 0, NEVER, 0, 0, 0
  end
  local _, state, finished, expires, attempts, crashes, fence = struct.unpack(OUTCOME, outcome)
  if state < COMPLETED or state > CANCELLED then
    return FAILED, 0, NEVER, 0, 0, 0
  end
  return state, finished, expires, attempts, crashes, fence
end

local function pack_outcome(state, finished, expires, attempts_, crashes, fence, worker)
  return struct.pack(OUTCOME, VERSION, state, finished, expires, attempts_, crashes, fence, #worker) .. worker
end

local function outcome_data(outcome)
  return string.sub(outcome, OUTCOME_SIZE + 1 + string.byte(outcome, OUTCOME_SIZE))
end

local function entry(seq, id)
  return struct.pack('>I6', seq) .. id
end

-- Behind the header: flags, length of the type in groups of seven bits, type, options with their length before them
-- when there are flags, payload. Returns where the type begins and ends; nil when no type can be read.
local function type_range(record)
  if not is_format(record, RECORD_SIZE) then
    return nil
  end
  local length, factor, position = 0, 1, 19
  repeat
    local group = string.byte(record, position)
    if not group or factor > 2097152 then
      return nil
    end
    length = length + (group % 128) * factor
    factor = factor * 128
    position = position + 1
  until group < 128
  return position, position + length - 1
end

-- The name of no type when none can be read.
local function type_of(record)
  local first, last = type_range(record)
  return first and string.sub(record, first, last) or ''
end

-- A job whose entry stays in the list needs a record that no longer names it: a mark does not outlive the job's end.
local function with_place(record, seq, priority)
  return string.sub(record, 1, 1) .. struct.pack('>I6', seq) .. string.sub(record, 8, 13)
    .. struct.pack('>i4', priority) .. string.sub(record, 18)
end

local function with_payload(record, payload)
  local _, last = type_range(record)
  if string.byte(record, 18) > 0 then
    last = last + 4 + struct.unpack('>I4', record, last + 1)
  end
  return string.sub(record, 1, last) .. payload
end

local function fence_text(fence)
  return string.format('%016.0f', fence)
end

-- The sequence of an entry; one that is too short to have one stands before all others.
local function place_of(entry_)
  return #entry_ >= 6 and struct.unpack('>I6', entry_) or 0
end
