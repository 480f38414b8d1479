// @platformatic/job-queue with its MemoryStorage: producer and worker in one process.
import { MemoryStorage } from '@platformatic/job-queue'
import { versions } from '../versions.js'
import { openQueues } from './platformatic-queues.js'

export async function open () {
  const storages = new Map()
  const storage = name => storages.get(name) ?? storages.set(name, new MemoryStorage()).get(name)
  return {
    ...openQueues(storage, versions('@platformatic/job-queue')),
    clear () { storages.clear() }
  }
}
