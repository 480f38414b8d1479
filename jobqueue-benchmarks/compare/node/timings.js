// Median, 90th and 99th percentile and the longest of durations in nanoseconds, as milliseconds.
export function percentiles (nanos) {
  const sorted = Float64Array.from(nanos).sort()
  const at = part => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] / 1e6
  return { 'p50 ms': at(0.5), 'p90 ms': at(0.9), 'p99 ms': at(0.99), 'max ms': at(1) }
}

export const now = () => Number(process.hrtime.bigint())
