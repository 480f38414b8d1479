-- How messages about a queue are sent: to all who listen on this server, or on another of its replication.
local PUBLISH = 'PUBLISH'
