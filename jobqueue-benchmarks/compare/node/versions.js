import { readFileSync } from 'node:fs'

// Name and version of installed packages, as they call themselves.
export function versions (...names) {
  return names.map(name => {
    const file = new URL(`node_modules/${name}/package.json`, import.meta.url)
    return `${name} ${JSON.parse(readFileSync(file)).version}`
  }).join(', ')
}
