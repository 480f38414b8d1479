-- KEYS of every script, in the order of RedisKeys.
local jobs, waiting, prioritized, scheduled, claims, sessions, marks, outcomes, retained_completed, dead,
  cancels, waiters, progress, errors, stats, sequence, fences, wake, leader,
  paused, parked, dedup, dedup_of, dedup_expiry, epochs, attributes, log, attempts, workers,
  retained_failed, retained_cancelled, watch, events, event_count, informed = unpack(KEYS)
