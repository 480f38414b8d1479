#!lua flags=no-writes
--#include keys
--#include publish
-- Tells what the user of the connection may not do though scripts do it on this queue. Nothing is carried out.
--
-- ARGV: channel of cancellations, a channel of replies
-- Returns the rules that are missing, none when there are none
local COMMANDS = {
  'DEL', 'EXISTS', 'GET', 'HDEL', 'HEXISTS', 'HGET', 'HGETALL', 'HINCRBY', 'HKEYS', 'HLEN', 'HMGET', 'HRANDFIELD', 'HSCAN',
  'HSET', 'HSETNX', 'INCR', 'INCRBY', 'LINDEX', 'LLEN', 'LPOP', 'LPOS', 'LRANGE', 'LTRIM', 'RPUSH', 'SET', 'TIME', 'TYPE',
  'UNLINK', 'ZADD', 'ZCARD', 'ZCOUNT', 'ZRANGE', 'ZRANGEBYLEX', 'ZRANGEBYSCORE', 'ZREM', 'ZREVRANGE', 'ZREVRANGEBYSCORE',
  'ZSCAN', 'ZSCORE',
}
local missing = {}

local function need(rule, ...)
  if not redis.acl_check_cmd(...) then
    missing[#missing + 1] = rule
  end
end

for _, command in ipairs(COMMANDS) do
  need('+' .. string.lower(command), command, jobs, jobs, jobs)
end
need('+' .. string.lower(PUBLISH) .. ' &' .. events, PUBLISH, events, '')
need('&' .. ARGV[1], PUBLISH, ARGV[1], '')
need('&' .. ARGV[2], 'PUBLISH', ARGV[2], '')
return missing
