// The works, each in two steps: what is prepared, and what is measured.
//
// A peer gives producer(queue) -> { enqueue, enqueueAll?, enqueueAndWait?, close }
// and consumer(queue, { slots, keep }, handle, settled) -> { start, close }.
import { countdown, fill, share } from './calls.js'
import { now, percentiles } from './timings.js'

const QUEUE = 'bench'
const nothing = () => {}

export const works = { warmup, clear, enqueue, bulk, drain, serve, produce, roundtrip }

async function clear (peer) {
  return { run: async () => { await peer.clear?.(); return {} } }
}

async function warmup (peer, order) {
  return {
    async run () {
      const end = now() + order.seconds * 1e9
      let jobs = 0
      do {
        await warmOnce(peer, order)
        jobs += order.jobs
      } while (now() < end)
      return { jobs }
    }
  }
}

async function warmOnce (peer, order) {
  const producer = await peer.producer('warm')
  const settled = countdown(order.jobs)
  const consumer = await peer.consumer('warm', order, nothing, settled.count)
  await share(order.inFlight, order.jobs / 2, () => producer.enqueue(order.payload))
  await fill(producer, order.payload, order.jobs / 2)
  await consumer.start()
  await settled.zero
  await consumer.close()
  await producer.close()
}

async function enqueue (peer, order) {
  const producer = await peer.producer(QUEUE)
  return {
    async run () {
      await share(order.inFlight, order.jobs, () => producer.enqueue(order.payload))
      return { jobs: order.jobs }
    },
    close: () => producer.close()
  }
}

async function bulk (peer, order) {
  const producer = await peer.producer(QUEUE)
  const calls = Math.floor(order.jobs / order.batch)
  return {
    async run () {
      for (let i = 0; i < calls; i++) await producer.enqueueAll(Array(order.batch).fill(order.payload))
      return { jobs: calls * order.batch }
    },
    close: () => producer.close()
  }
}

async function drain (peer, order) {
  const producer = await peer.producer(QUEUE)
  await fill(producer, order.payload, order.jobs)
  const settled = countdown(order.jobs)
  const consumer = await peer.consumer(QUEUE, order, nothing, settled.count)
  return {
    async run () {
      await consumer.start()
      await settled.zero
      return { jobs: order.jobs }
    },
    async close () {
      await consumer.close()
      await producer.close()
    }
  }
}

// A worker that another process gives jobs to: from the start of the enqueue call to the start of the handler. All
// processes of a machine share one monotonic clock; the number stands between a letter and a blank.
async function serve (peer, order) {
  const durations = []
  const arrived = countdown(order.jobs + order.warmUp)
  let arrivals = 0
  const consumer = await peer.consumer(QUEUE, order, payload => {
    const at = now()
    if (++arrivals > order.warmUp) durations.push(at - Number(payload.slice(1, payload.indexOf(' '))))
    arrived.count()
  }, nothing)
  await consumer.start()
  return {
    async run () {
      await arrived.zero
      return { jobs: order.jobs + order.warmUp, ...percentiles(durations) }
    },
    close: () => consumer.close()
  }
}

async function produce (peer, order) {
  const producer = await peer.producer(QUEUE)
  const jobs = order.jobs + order.warmUp
  return {
    async run () {
      const start = now()
      for (let i = 0; i < jobs; i++) {
        await producer.enqueue(`t${now()} `.padEnd(order.payload.length, 'x'))
        await until(start + (i + 1) * 1e9 / order.rate)
      }
      return { jobs }
    },
    close: () => producer.close()
  }
}

// A timer wakes to the millisecond, so every second call may come up to one late; none comes early.
const until = nanos => new Promise(resolve => setTimeout(resolve, Math.max(0, (nanos - now()) / 1e6)))

async function roundtrip (peer, order) {
  const producer = await peer.producer(QUEUE)
  const consumer = await peer.consumer(QUEUE, order, payload => payload, nothing)
  await consumer.start()
  await share(order.slots, 20000, () => producer.enqueueAndWait(order.payload))
  return {
    async run () {
      const durations = []
      await share(order.inFlight, order.jobs, async () => {
        const called = now()
        await producer.enqueueAndWait(order.payload)
        durations.push(now() - called)
      })
      return { jobs: order.jobs, ...percentiles(durations) }
    },
    async close () {
      await consumer.close()
      await producer.close()
    }
  }
}
