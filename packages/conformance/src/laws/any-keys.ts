import { ensure, forAll, type Law, same } from "../law.ts"
import { type AnyStrategy, cacheOf } from "../subject.ts"
import { ask, numbers, type Request, traffic } from "../traffic.ts"

const chapter = "Keys"

type Kind = (number: number) => unknown

/** The key of a number, always the same. */
function lasting(make: Kind): Kind {
  const known = new Map<number, unknown>()
  return (number) => {
    if (!known.has(number)) known.set(number, make(number))
    return known.get(number)
  }
}

/** Whoever looks at it, or writes to it, learns that it is not to be looked at. */
function untouchable(number: number): object {
  const refuse = () => {
    throw new Error(`somebody looks at key ${number}, or writes to it`)
  }
  // To ask for its class is not to look.
  const traps = ["defineProperty", "deleteProperty", "get", "getOwnPropertyDescriptor"]
  const more = ["has", "isExtensible", "ownKeys", "preventExtensions", "set", "setPrototypeOf"]
  return new Proxy({}, Object.fromEntries([...traps, ...more].map((trap) => [trap, refuse])))
}

const kinds: Readonly<Record<string, Kind>> = {
  integers: Number,
  texts: (number) => `key ${number}`,
  "large numbers": (number) => number * 2 ** 40 + 0.5,
  symbols: lasting((number) => Symbol(number)),
  objects: lasting(untouchable),
}

/** The numbers of the keys that leave, in turn. */
function victims(
  strategy: AnyStrategy,
  capacity: number,
  requests: readonly Request[],
  kind: Kind,
) {
  const left: unknown[] = []
  const cache = cacheOf(strategy, capacity, {
    onRemoval: (_key, value, cause) => left.push(`${cause} ${value}`),
  })
  for (const request of requests) ask(cache, request, kind)
  return [...left, ...cache.values()]
}

export const untouched: Law = {
  chapter,
  title: "nobody looks at an object that is a key, or writes to it",
  check: (strategy) =>
    forAll(traffic(), ([capacity, requests]) => {
      victims(strategy, capacity, requests, kinds.objects as Kind)
    }),
}

/** For strategies that do not count keys. */
export const indifferent: Law = {
  chapter,
  title: "keys of whatever kind, used in the same pattern, have the same victims",
  check: (strategy) =>
    forAll(traffic(), ([capacity, requests]) => {
      const expected = victims(strategy, capacity, requests, Number)
      for (const [name, kind] of Object.entries(kinds)) {
        same(victims(strategy, capacity, requests, kind), expected, `who leaves, with ${name}`)
      }
    }),
}

/** For strategies that say that they count keys: by hashes, that is, of which some are the same. */
export const partial: Law = {
  chapter,
  title: "other keys, used in the same pattern, may have other victims",
  check(strategy) {
    const capacity = 100
    const requests = [...numbers(60 * capacity, 8 * capacity)].map((number): Request => {
      return ["request", number % (number % 3 === 0 ? 8 * capacity : 2 * capacity)]
    })
    const left = (salt: number): string =>
      String(victims(strategy, capacity, requests, (number) => `${salt}:${number}`))
    const first = left(1)
    const are = [2, 3, 4, 5, 6, 7, 8].some((salt) => left(salt) !== first)
    ensure(are, "they had the same, with 8 names for each key: do not declare `countsKeys`")
  },
}
