-- How messages about a queue are sent in a cluster: to those who listen on the nodes that have its slot, and to no others.
local PUBLISH = 'SPUBLISH'
