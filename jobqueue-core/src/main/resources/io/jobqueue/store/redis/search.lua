#!lua flags=no-writes
--#include keys
--#include clock
--#include formats
--#include aside
--#include reading
--#include scanning
--#include pages
-- Reads jobs that match, looking at a bounded number of them.
--
-- ARGV  state (S W A 1 2 3; '': any), type or '', beginning of the id, part of the id, limit, cursor ('': first; state
--       and a cursor of its pages), attributes, then per attribute: name, value
-- Returns the next cursor ('': last), then per job: id and what include/reading.lua says
local MOST_LOOKED_AT, PAGE = 1000, 100
local job_type, beginning, part, limit = ARGV[2], ARGV[3], ARGV[4], tonumber(ARGV[5])
local states = ARGV[1] ~= '' and ARGV[1] or 'SWA123'
local now = math.floor(clock_micros() / 1000)
local state, cursor = string.match(ARGV[6], '^([SWA123]) ?(.*)$')
state, cursor = state or string.sub(states, 1, 1), cursor or ''
local wanted, wants_attributes = {}, tonumber(ARGV[7]) > 0
for i = 1, tonumber(ARGV[7]) do
  wanted[ARGV[2 * i + 6]] = ARGV[2 * i + 7]
end
local looked_at, read_bytes, matches = 0, 0, 0
local reply = { '' }

local function has_attributes(stored)
  local missing, position = tonumber(ARGV[7]), 1
  while position <= #stored do
    local is_read, name, value, following = pcall(struct.unpack, '>I2c0I2c0', stored, position)
    if not is_read then
      break
    end
    missing = missing - (wanted[name] == value and 1 or 0)
    position = following
  end
  return missing == 0
end

local function may_match(id)
  return string.sub(id, 1, #beginning) == beginning and string.find(id, part, 1, true)
    and (not wants_attributes or has_attributes(redis.call('HGET', attributes, id) or ''))
end

local function look_at(member)
  looked_at = looked_at + 1
  if not may_match(is_entry(state) and string.sub(member, 7) or member) then
    return
  end
  local id, job = read_member(state, member, now)
  if not id then
    return
  end
  read_bytes = read_bytes + bytes_of(job)
  if job_type == '' or type_of(job[2]) == job_type then
    matches = matches + 1
    reply[#reply + 1] = id
    for _, its_part in ipairs(job) do
      reply[#reply + 1] = its_part
    end
  end
end

local function may_go_on()
  return matches < limit and looked_at < MOST_LOOKED_AT and read_bytes < MOST_BYTES
end

while state ~= '' and may_go_on() do
  local found, cursor_behind, scans, scanned_bytes = page_of(state, cursor, PAGE)
  looked_at = looked_at + (scans or 1)
  local taken = 0
  while taken < #found and may_go_on() do
    taken = taken + 1
    look_at(found[taken])
  end
  read_bytes = read_bytes + (scanned_bytes or 0) -- only now: a page of which nothing is taken would come again for ever
  cursor = cursor_behind(taken)
  if cursor == '' then
    local place = string.find(states, state, 1, true)
    state = string.sub(states, place + 1, place + 1)
  end
end
reply[1] = state ~= '' and state .. ' ' .. cursor or ''
return reply
