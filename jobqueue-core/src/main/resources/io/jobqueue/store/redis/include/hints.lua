-- informed: the sessions that know of what stands aside. A worker that sets jobs aside which others may take passes its
-- hint on, and so does every other worker once, also after a pause has ended (session ''); so a hint comes to whoever can use it, and ends when all have had it.
local function tell_of_new_aside(session)
  redis.call('DEL', informed)
  redis.call('HSET', informed, session, '1')
  offer_wake()
end

local function pass_hint_on(session)
  local told = redis.pcall('HLEN', informed)
  if type(told) == 'number' and told > 0 and redis.call('HSETNX', informed, session, '1') == 1 then
    offer_wake()
  end
end
