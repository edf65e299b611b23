import { type AnyStrategy, lawsOf } from "@evictionary/conformance"
import * as core from "@evictionary/core"
import { type CacheOptions, defineStrategy, type Slot } from "@evictionary/core"
import fc from "fast-check"
import { expect, it } from "vitest"
import { Recency } from "../../core/test/policies.ts"

// The same examples in each run.
fc.configureGlobal({ seed: 20_260_101 })

/** Who is deleted stays on the list. */
const careless = defineStrategy(
  "careless",
  ({ slots }) =>
    new (class extends Recency {
      override onRemove(): void {}
    })(slots),
  { promotes: true },
)

/** Whoever is evicted is the youngest. */
const wrongEnd = defineStrategy(
  "wrong-end",
  ({ slots }) =>
    new (class extends Recency {
      override evict(): Slot {
        const victim = this.list.youngest
        this.list.remove(victim)
        return victim
      }
    })(slots),
  { promotes: true },
)

/** What a law says that a strategy breaks. */
function complaint(strategy: AnyStrategy, words: string): string {
  const law = lawsOf(strategy).find(({ title }) => title.includes(words))
  try {
    law?.check(strategy)
  } catch (error) {
    return (error as Error).message
  }
  return "nothing is wrong"
}

it("a broken law shows the shortest operations that break it, and how to find them again", () => {
  const message = complaint(careless, "the size is the number of entries")
  expect(message).toMatch(/^careless breaks the law "the size is the number of entries/)
  expect(message).toMatch(
    /To find it again: conformance\(careless, { describe, it }, { only: "the size .*", seed: \d+, path: "[\d:]+" }\)/,
  )
  const script = /\n\n((?:(?:const|let|now|cache).*\n)+)/.exec(message)?.[1] as string
  expect(script).toContain("careless({ ")
  expect(script.split("\n").length).toBeLessThan(20)

  // Pasted, it does break it.
  const run = new Function("careless", ...Object.keys(core), `${script}; return cache`)
  const broken = (): unknown[] => {
    const cache = run(careless, ...Object.values(core))
    const entries = [...cache]
    return entries.length === cache.size ? [] : entries
  }
  try {
    expect(broken()).not.toEqual([])
  } catch (error) {
    expect((error as Error).message).toMatch(/iterates more than|not to deeply equal/)
  }
})

it("a law without random operations is shown, too", () => {
  const deaf = Object.assign(
    (options: CacheOptions<unknown, unknown> & { capacity: number }) => {
      if (options === null) return core.defineStrategy("x", () => null as never)({ capacity: 1 })
      return careless({ ...options, capacity: 5 })
    },
    { ...careless },
  ) as unknown as AnyStrategy
  expect(complaint(deaf, "a capacity that is no count is refused")).toContain(
    "expected INVALID_OPTION, but nothing was thrown",
  )
})

it("keys keep their identity in what is shown", () => {
  const message = complaint(wrongEnd, "the same operations have the same victims")
  expect(message).toBe("nothing is wrong")
  const forgetful = Object.assign(
    (options: never) => {
      const cache = careless<unknown, unknown>(options)
      return new Proxy(cache, {
        get(target, name) {
          if (name === "has")
            return (key: unknown) => (key instanceof Object ? false : target.has(key))
          const value: unknown = Reflect.get(target, name, target)
          return typeof value === "function" ? value.bind(target) : value
        },
      })
    },
    { ...careless },
  ) as unknown as AnyStrategy
  const shown = complaint(forgetful, "what was just stored is there")
  expect(shown).toMatch(/const object1 = (\{\}|\[\])/)
  expect(shown).toContain('cache.set(object1, "new")')
})
