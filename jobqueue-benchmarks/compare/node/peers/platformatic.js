// @platformatic/job-queue with its RedisStorage. Results are kept for an hour by default and cannot be removed at once.
import { RedisStorage } from '@platformatic/job-queue'
import { versions } from '../versions.js'
import { openQueues } from './platformatic-queues.js'

export async function open (url) {
  const storage = name => new RedisStorage({ url: url.href, keyPrefix: `${name}:` })
  return openQueues(storage, versions('@platformatic/job-queue', 'iovalkey'))
}
