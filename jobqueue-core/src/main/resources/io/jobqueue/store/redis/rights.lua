#!lua flags=no-writes
--#include keys
--#include publish
-- Tells what the user of the connection may not do though scripts do it on this queue. Nothing is carried out.
--
-- ARGV: channel of cancellations, a channel of replies
-- Returns the rules that are missing, none when there are none

-- By how many arguments they have at least: a server may refuse to tell about a call it would not take.
local COMMANDS = {
  [0] = { 'TIME' },
  [1] = {
    'DEL', 'EXISTS', 'GET', 'HKEYS', 'HLEN', 'HRANDFIELD', 'INCR', 'LLEN', 'LPOP', 'TYPE', 'UNLINK', 'ZCARD',
  },
  [2] = {
    'HDEL', 'HEXISTS', 'HGET', 'HMGET', 'HSCAN', 'INCRBY', 'LINDEX', 'LPOS', 'RPUSH', 'SET', 'ZREM', 'ZSCAN',
    'ZSCORE',
  },
  [3] = {
    'HINCRBY', 'HSET', 'HSETNX', 'LRANGE', 'LTRIM', 'ZADD', 'ZCOUNT', 'ZRANGE', 'ZRANGEBYLEX', 'ZRANGEBYSCORE',
    'ZREVRANGE', 'ZREVRANGEBYSCORE',
  },
}
local missing = {}

local function need(rule, ...)
  if not redis.acl_check_cmd(...) then
    missing[#missing + 1] = rule
  end
end

local arguments = {}
for count = 0, 3 do
  for _, command in ipairs(COMMANDS[count]) do
    need('+' .. string.lower(command), command, unpack(arguments))
  end
  arguments[count + 1] = jobs
end
need('+' .. string.lower(PUBLISH) .. ' &' .. events, PUBLISH, events, '')
need('&' .. ARGV[1], PUBLISH, ARGV[1], '')
need('&' .. ARGV[2], 'PUBLISH', ARGV[2], '')
return missing
