// BullMQ. Finished jobs are kept for ever by default; keep=no removes them.
import { Queue, QueueEvents, Worker } from 'bullmq'
import { versions } from '../versions.js'

const PATIENCE = 30_000

export async function open (url) {
  const connection = { host: url.hostname, port: Number(url.port), maxRetriesPerRequest: null }
  return {
    version: versions('bullmq', 'ioredis'),
    async producer (name) {
      const queue = new Queue(name, { connection })
      await queue.waitUntilReady()
      let events
      return {
        enqueue: payload => queue.add('job', payload),
        enqueueAll: payloads => queue.addBulk(payloads.map(data => ({ name: 'job', data }))),
        async enqueueAndWait (payload) {
          events ??= new QueueEvents(name, { connection })
          await events.waitUntilReady()
          const job = await queue.add('job', payload)
          return job.waitUntilFinished(events, PATIENCE)
        },
        async close () {
          await events?.close()
          await queue.close()
        }
      }
    },
    async consumer (name, { slots, keep }, handle, settled) {
      const worker = new Worker(name, async job => handle(job.data), {
        connection,
        concurrency: slots,
        autorun: false,
        ...(keep ? {} : { removeOnComplete: { count: 0 } })
      })
      worker.on('completed', settled)
      worker.on('error', error => console.error(error))
      await worker.waitUntilReady()
      return {
        start () { worker.run() },
        close: () => worker.close()
      }
    }
  }
}
