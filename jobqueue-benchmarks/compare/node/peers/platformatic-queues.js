import { randomUUID } from 'node:crypto'
import { Queue } from '@platformatic/job-queue'

const PATIENCE = 30_000

// The queues of a storage a name. Ids are the caller's to give.
export function openQueues (storage, version) {
  return {
    version,
    async producer (name) {
      const queue = new Queue({ storage: storage(name) })
      await queue.start()
      return {
        enqueue: payload => queue.enqueue(randomUUID(), payload),
        enqueueAndWait: payload => queue.enqueueAndWait(randomUUID(), payload, { timeout: PATIENCE }),
        close: () => queue.stop()
      }
    },
    async consumer (name, { slots }, handle, settled) {
      const queue = new Queue({ storage: storage(name), concurrency: slots })
      queue.execute(async job => handle(job.payload) ?? null)
      queue.on('completed', settled)
      queue.on('error', error => console.error(error))
      return {
        start: () => queue.start(),
        close: () => queue.stop()
      }
    }
  }
}
