// Makes calls of which so many are under way at once.
export async function share (inFlight, calls, call) {
  let next = 0
  const caller = async () => {
    while (next < calls) await call(next++)
  }
  await Promise.all(Array.from({ length: Math.min(inFlight, calls) }, caller))
}

// Enqueues fast and unmeasured: with the queue's bulk call, else many calls at once.
export async function fill (producer, payload, jobs) {
  if (!producer.enqueueAll) {
    return share(50, jobs, () => producer.enqueue(payload))
  }
  for (let done = 0; done < jobs; done += 500) {
    await producer.enqueueAll(Array(Math.min(500, jobs - done)).fill(payload))
  }
}

// A promise that resolves when it has been counted down.
export function countdown (count) {
  let resolve
  const zero = new Promise(done => { resolve = done })
  return { zero, count: () => { if (--count === 0) resolve() } }
}
