local function leads(holder, number, now)
  local term = redis.call('HMGET', leader, 'holder', 'number', 'deadline')
  return term[1] == holder and term[2] == number and tonumber(term[3]) > now
end
