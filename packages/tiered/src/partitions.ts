import { Remote, type RemoteEvents, type RemoteTerms } from "./remote.ts"

/** The parts of a namespace. Each heals apart from the others; a key is always in the same one. */
export class Partitions {
  readonly all: readonly Remote[]

  constructor(
    namespace: string,
    count: number,
    origin: string,
    terms: Omit<RemoteTerms, "space">,
    events: RemoteEvents,
  ) {
    const names =
      count === 1 ? [namespace] : Array.from({ length: count }, (_, n) => `${namespace}:${n}`)
    this.all = names.map((name) => new Remote({ ...terms, space: { name, origin } }, events))
  }

  of(key: string): Remote {
    const { all } = this
    return all.length === 1 ? all[0]! : all[hash(key) % all.length]!
  }
}

/** FNV-1a over the code units: the same in every process, and in every version. */
function hash(key: string): number {
  let value = 0x811c9dc5
  for (let i = 0; i < key.length; i++) {
    value = Math.imul(value ^ key.charCodeAt(i), 0x01000193)
  }
  return value >>> 0
}
