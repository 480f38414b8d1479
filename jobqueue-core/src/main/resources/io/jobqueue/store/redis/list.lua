#!lua flags=no-writes
--#include keys
--#include clock
--#include formats
--#include aside
--#include reading
--#include scanning
--#include pages
-- Reads one page of the jobs in a state.
--
-- ARGV  state (S W A 1 2 3), cursor ('': first), limit
-- Returns the next cursor ('': last), then per job: id and what include/reading.lua says
local state, cursor, limit = ARGV[1], ARGV[2], tonumber(ARGV[3])
local now = math.floor(clock_micros() / 1000)
local found, cursor_behind = page_of(state, cursor, limit)
local reply = { '' }
local taken, read_bytes = 0, 0
while taken < #found and read_bytes < MOST_BYTES do
  taken = taken + 1
  local id, job = read_member(state, found[taken], now)
  if id then
    read_bytes = read_bytes + bytes_of(job)
    reply[#reply + 1] = id
    for _, part in ipairs(job) do
      reply[#reply + 1] = part
    end
  end
end
reply[1] = cursor_behind(taken)
return reply
