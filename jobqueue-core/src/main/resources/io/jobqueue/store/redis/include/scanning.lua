-- A scan of a hash brings its values along, so where these are large it is to bring few at a time.
local SCANNED_BYTES = 262144
local function scan_size(key, most)
  local bytes, sample = 1, redis.call('HRANDFIELD', key, 3, 'WITHVALUES')
  for i = 2, #sample, 2 do
    bytes = bytes + #sample[i]
  end
  return math.max(1, math.min(most, math.floor(SCANNED_BYTES * #sample / 2 / bytes)))
end
