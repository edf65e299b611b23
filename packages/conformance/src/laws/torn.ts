import { defineStrategy } from "@evictionary/core"
import fc from "fast-check"
import { ensure, forAll, type Law, same } from "../law.ts"
import {
  act,
  type Situation,
  type Step,
  type Subject,
  situations,
  stepsAndSwaps,
  subjectIn,
} from "../situations.ts"
import type { AnyStrategy, TestCache } from "../subject.ts"

const chapter = "Torn"

/** Few, since each is taken to the end of the stack. */
const few = stepsAndSwaps.map((steps) => steps.slice(0, 6))

/** Entries that were there, and removals that were told, by value; each is stored only once. */
interface Watched extends Subject {
  readonly told: unknown[]
}

function watchedIn(strategy: AnyStrategy, situation: Situation): Watched {
  const told: unknown[] = []
  const onRemoval = (_key: unknown, value: unknown) => told.push(value)
  return { ...subjectIn(strategy, situation, { onRemoval }), told }
}

/** Throws unless all parts of the cache agree, and no entry has gone without being told of. */
function ensureWhole({ cache, told }: Watched, before: readonly [unknown, unknown][]): void {
  ensure(cache.size <= cache.capacity, "more entries than the capacity")
  ensure(cache.weight <= cache.maxWeight, "more weight than `maxWeight`")
  cache.purgeExpired()
  const entries = [...cache]
  same(entries.length, cache.size, "entries in iteration")
  same(new Set(cache.keys()).size, cache.size, "different keys")
  same(weightOfAll(cache), cache.weight, "weight")
  for (const [key, value] of entries) same(cache.peek(key), value, "value")
  same(new Set(told).size, told.length, "values that were told of, each once")
  for (const [key, value] of before) {
    ensure(told.includes(value) || cache.peek(key) === value, `${value} has gone, and nobody knows`)
  }
  told.length = 0
}

function weightOfAll(cache: TestCache): number {
  let weight = 0
  for (const key of cache.keys()) weight += cache.entry(key)?.weight ?? 0
  return weight
}

/**
 * Calls `use` where so many calls of a small function still fit on the stack; that may be too few
 * for `use` itself. Where `left` is infinite, they all fit.
 */
function nearTheEnd(left: number, use: () => void): void {
  if (left === Infinity) {
    use()
    return
  }
  let risen = 0
  function sink(): void {
    try {
      sink()
    } catch {
      // It is full.
    }
    if (risen++ === left) use()
  }
  sink()
}

/** Does one step after the other, as usual. */
function begin(subject: Watched, steps: readonly Step[], strategy: AnyStrategy): void {
  steps.forEach((step, value) => {
    act(subject, step, value, strategy)
  })
  subject.told.length = 0
}

/**
 * Does one step after the other, each by `attempt`, and looks at the cache after each. The listener
 * `mayMiss` a removal: where there is no room for it to run, that is for `onListenerError`.
 */
function eachWhole(
  subject: Watched,
  steps: readonly Step[],
  mayMiss: boolean,
  attempt: (step: Step, value: number) => void,
): void {
  steps.forEach((step, index) => {
    const before = mayMiss ? [] : [...subject.cache]
    attempt(step, 1_000 + index)
    ensureWhole(subject, before)
  })
}

/** The same strategy; its policy fails when it has turned so many times to its lists and columns. */
function failing(strategy: AnyStrategy, fuse: { left: number }): AnyStrategy {
  const { strategyName, createPolicy, ...traits } = strategy
  return defineStrategy(
    strategyName,
    (context) => createPolicy({ ...context, slots: burning(context.slots, fuse) }),
    traits as { neverEvicts: false },
  )
}

/** The same object, of which each look at a member takes a little of the fuse. */
function burning<Part extends object>(part: Part, fuse: { left: number }): Part {
  return new Proxy(part, {
    get(target, name) {
      if (fuse.left-- <= 0) throw new Error("the policy fails")
      const member: unknown = Reflect.get(target, name, target)
      if (typeof member !== "function") return member
      return (...args: unknown[]) => {
        const result: unknown = member.apply(target, args)
        const isPart = typeof result === "object" && result !== null && !("next" in result)
        return isPart ? burning(result, fuse) : result
      }
    },
  })
}

export const torn: readonly Law[] = [
  {
    chapter,
    title: "a cache is whole after an operation for which the stack was too small",
    check: (strategy) =>
      forAll(
        fc.tuple(situations, stepsAndSwaps, few, fc.nat(150)),
        ([situation, steps, during, deep]) => {
          let failure: unknown
          function attempt(left: number, subject: Subject, step: Step, value: number): void {
            nearTheEnd(left, () => {
              try {
                act(subject, step, value, strategy)
              } catch (error) {
                // A loader of modules that catches all gives `undefined` for what is imported.
                const isOfStack = error instanceof RangeError || error instanceof TypeError
                if (left === Infinity || !isOfStack) failure = error
              }
            })
          }
          // What has never run would have to be compiled, and there is no room for that.
          const other = subjectIn(strategy, situation)
          during.forEach((step, value) => {
            attempt(Infinity, other, step, value)
          })
          const subject = watchedIn(strategy, situation)
          begin(subject, steps, strategy)
          eachWhole(subject, during, true, (step, value) => {
            attempt(deep, subject, step, value)
            if (failure !== undefined) throw failure
          })
        },
      ),
  },
  {
    chapter,
    title: "a cache is whole after an operation in which the policy has failed, wherever that was",
    check: (strategy) =>
      forAll(
        fc.tuple(situations, stepsAndSwaps, few, fc.nat(40)),
        ([situation, steps, during, turn]) => {
          const fuse = { left: Infinity }
          const fails = failing(strategy, fuse)
          const subject = watchedIn(fails, situation)
          begin(subject, steps, fails)
          eachWhole(subject, during, false, (step, value) => {
            fuse.left = turn
            try {
              act(subject, step, value, fails)
            } catch (error) {
              const { message } = error as Error
              if (message !== "the policy fails") throw error
            } finally {
              fuse.left = Infinity
            }
          })
        },
      ),
  },
]
