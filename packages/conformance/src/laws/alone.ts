import fc from "fast-check"
import { takeRunning } from "../checked/watch.ts"
import { ensure, forAll, type Law, same } from "../law.ts"
import { type AnyStrategy, cacheOf } from "../subject.ts"
import { ask, numbers, requests } from "../traffic.ts"

const chapter = "Alone"

interface AsyncHooks {
  createHook(hooks: { init(id: number, type: string): void }): {
    enable(): void
    disable(): void
  }
}

const { process } = globalThis as unknown as {
  process?: { getBuiltinModule?(name: string): unknown }
}

/** The kinds of whatever is left to do for later, while `act` runs, and who has left it. */
function leftForLater(act: () => void): string[] {
  const hooks = process?.getBuiltinModule?.("node:async_hooks") as AsyncHooks | undefined
  const left: string[] = []
  const hook = hooks?.createHook({
    init(_id, type) {
      left.push(`${type} by ${takeRunning() ?? "the cache"}`)
    },
  })
  hook?.enable()
  try {
    act()
  } finally {
    hook?.disable()
  }
  return left
}

export const alone: readonly Law[] = [
  {
    chapter,
    title: "nothing runs by itself: a policy leaves no timer, no promise and no microtask behind",
    check(strategy: AnyStrategy) {
      const left = leftForLater(() => {
        const cache = cacheOf(strategy, 4)
        for (const key of numbers(100, 9)) ask(cache, key === 8 ? ["delete", 3] : ["request", key])
        if (!strategy.neverEvicts) cache.resize(2)
        cache.use(strategy as never)
        cache.load(cache.dump())
        cache.clear()
      })
      ensure(left.length === 0, `left for later: ${left[0]}`)
    },
  },
  {
    chapter,
    title: "caches know nothing of each other",
    check: (strategy: AnyStrategy) =>
      forAll(
        fc.tuple(fc.integer({ min: 1, max: 8 }), requests(14, 60), requests(14, 60)),
        ([capacity, requests, others]) => {
          const [beside, other] = [cacheOf(strategy, capacity), cacheOf(strategy, capacity + 2)]
          const seen = requests.map((request, place) => {
            const elsewhere = others[place]
            if (elsewhere !== undefined) ask(other, elsewhere, (number) => `other ${number}`)
            return [ask(beside, request), ...beside.keys()]
          })
          const alone = cacheOf(strategy, capacity)
          requests.forEach((request, place) => {
            same([ask(alone, request), ...alone.keys()], seen[place], "what a cache alone holds")
          })
        },
      ),
  },
]
