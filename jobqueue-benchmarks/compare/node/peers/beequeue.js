// Bee-Queue, with what its documentation says is not needed switched off: events between processes and the map of jobs.
import Queue from 'bee-queue'
import { versions } from '../versions.js'

export async function open (url) {
  const settings = {
    redis: { host: url.hostname, port: Number(url.port) },
    getEvents: false,
    sendEvents: false,
    storeJobs: false
  }
  return {
    version: versions('bee-queue'),
    async producer (name) {
      const queue = new Queue(name, { ...settings, isWorker: false })
      await queue.ready()
      return {
        enqueue: payload => queue.createJob(payload).save(),
        async enqueueAll (payloads) {
          const failures = await queue.saveAll(payloads.map(payload => queue.createJob(payload)))
          for (const failure of failures.values()) throw failure
        },
        close: () => queue.close()
      }
    },
    async consumer (name, { slots, keep }, handle, settled) {
      const queue = new Queue(name, { ...settings, removeOnSuccess: !keep })
      queue.on('succeeded', settled)
      queue.on('error', error => console.error(error))
      await queue.ready()
      return {
        start () { queue.process(slots, async job => handle(job.data)) },
        close: () => queue.close()
      }
    }
  }
}
