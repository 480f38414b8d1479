// Drives one peer by orders from standard input: the same contract as io.jobqueue.benchmarks.driver.Session.
import { createInterface } from 'node:readline'
import { parseOrder } from './order.js'
import { works } from './works.js'

const answer = text => process.stdout.write(text + '\n')

async function follow (peer, lines) {
  answer(`hello ${peer.version}, Node.js ${process.versions.node}`)
  for (let line = await lines.next(); !line.done; line = await lines.next()) {
    const order = parseOrder(line.value)
    const prepare = works[order.work]
    if (!prepare) throw new Error(`'${order.work}' is not a work`)
    const task = await prepare(peer, order)
    answer('ready')
    const go = await lines.next()
    if (go.value !== 'go') throw new Error(`expected 'go', got '${go.value}'`)
    const start = process.hrtime.bigint()
    const figures = await task.run()
    figures.seconds = Number(process.hrtime.bigint() - start) / 1e9
    answer('figures ' + Object.entries(figures).map(([name, value]) => `${name.replaceAll(' ', '_')}=${value}`).join(' '))
    await task.close?.()
    answer('done')
  }
}

const [name, url] = process.argv.slice(2)
try {
  const { open } = await import(`./peers/${name}.js`)
  const peer = await open(new URL(url))
  const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]()
  await follow(peer, lines)
  process.exit(0)
} catch (error) {
  console.error(error)
  answer('error ' + String(error).replaceAll(/\s+/g, ' '))
  process.exit(1)
}
