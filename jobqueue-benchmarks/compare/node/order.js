// A line that orders a work: <work> name=value ...
export function parseOrder (line) {
  const [work, ...words] = line.trim().split(/ +/)
  const values = Object.fromEntries(words.map(word => word.split('=')))
  const number = (name, otherwise) => values[name] === undefined ? otherwise : Number(values[name])
  return {
    work,
    jobs: number('jobs', 2000),
    slots: number('slots', 50),
    inFlight: number('inflight', 50),
    batch: number('batch', 500),
    rate: number('rate', 200),
    warmUp: number('warmup', 200),
    seconds: number('seconds', 0),
    keep: values.keep !== 'no',
    // Takes so many bytes as a JSON text.
    payload: 'x'.repeat(Math.max(1, number('bytes', 100) - 2))
  }
}
