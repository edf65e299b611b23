import { defineStrategy } from "@evictionary/core"
import fc from "fast-check"
import { ensure, forAll, type Law, same } from "../law.ts"
import { follow, type Model } from "../model.ts"
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
import { keepsToModel } from "./model.ts"

const chapter = "Torn"

/** Few, since each is taken to the end of the stack. */
const few = stepsAndSwaps.map((steps) => steps.slice(0, 6))

/** Values that were told of, those that left and those that came; each is stored only once. */
interface Watched extends Subject {
  readonly told: unknown[]
  readonly come: Set<unknown>
}

function watchedIn(strategy: AnyStrategy, situation: Situation): Watched {
  const told: unknown[] = []
  const come = new Set<unknown>()
  const onRemoval = (_key: unknown, value: unknown) => told.push(value)
  const subject = subjectIn(strategy, situation, { onRemoval })
  const onCome = (_key: unknown, value: unknown) => come.add(value)
  subject.cache.subscribe({ onInsert: onCome, onUpdate: onCome })
  return { ...subject, told, come }
}

/**
 * Throws unless all parts of the cache agree, and nothing has come or gone since `before` that nobody
 * knows of; without `before`, that may be.
 */
function ensureWhole(
  { cache, told, come }: Watched,
  before: readonly [unknown, unknown][] | undefined,
): void {
  ensure(cache.size <= cache.capacity, "more entries than the capacity")
  ensure(cache.weight <= cache.maxWeight, "more weight than `maxWeight`")
  cache.purgeExpired()
  const entries = [...cache]
  same(entries.length, cache.size, "entries in iteration")
  same(new Set(cache.keys()).size, cache.size, "different keys")
  same(weightOfAll(cache), cache.weight, "weight")
  for (const [key, value] of entries) {
    same(cache.peek(key), value, "value")
    ensure(!before || come.has(value), `${value} has come, and nobody knows`)
  }
  same(new Set(told).size, told.length, "values that were told of, each once")
  for (const [key, value] of before ?? []) {
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
 * Does the steps in turn where so many frames of a small function still fit on the stack, from
 * `least` to `most`, on one way back from its end; that may be too few to begin. From `value` on,
 * values are stored.
 */
function nearTheEnd(
  { strategy, subject }: { readonly strategy: AnyStrategy; readonly subject: Subject },
  steps: readonly Step[],
  value: number,
  [least, most]: readonly [number, number],
): void {
  let risen = 0
  let failure: unknown
  // A function that called itself would be inlined when it is compiled, and leave next to no room.
  const stack: object = new Proxy({}, { get: sink })
  function sink(): void {
    try {
      Reflect.get(stack, "deeper")
    } catch {
      // It is full.
    }
    const left = risen++
    if (left < least || left > most) return
    failure ??= attempt(subject, steps[left % steps.length] as Step, value + left, strategy)
  }
  if (steps.length > 0) sink()
  if (failure !== undefined) throw failure
}

/** Does a step for which there may be no room. Returns what it throws for other reasons. */
function attempt(subject: Subject, step: Step, value: number, strategy: AnyStrategy): unknown {
  try {
    act(subject, step, value, strategy)
  } catch (error) {
    // A loader of modules that catches all gives `undefined` for what is imported.
    if (!(error instanceof RangeError || error instanceof TypeError)) return error
  }
  return undefined
}

/** What was not yet run would have to be compiled, and there is no room for that near the end. */
function warmUp(strategy: AnyStrategy, situation: Situation, steps: readonly Step[]): void {
  const subject = subjectIn(strategy, situation)
  steps.forEach((step, value) => {
    const failure = attempt(subject, step, value, strategy)
    if (failure !== undefined) throw failure
  })
}

/** Does one step after the other, as usual. */
function begin(subject: Watched, steps: readonly Step[], strategy: AnyStrategy): void {
  steps.forEach((step, value) => {
    act(subject, step, value, strategy)
  })
  subject.told.length = 0
}

/**
 * Does one step after the other, each by `attempt`, and looks at the cache after each. Listeners
 * `mayMiss` what happens: where there is no room for them to run, that is for `onListenerError`.
 */
function eachWhole(
  subject: Watched,
  steps: readonly Step[],
  mayMiss: boolean,
  attempt: (step: Step, value: number) => void,
): void {
  steps.forEach((step, index) => {
    const before = mayMiss ? undefined : [...subject.cache]
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
    isUnchecked: true,
    title: "a cache is whole after an operation for which the stack was too small",
    check: (strategy) =>
      forAll(
        fc.tuple(situations, stepsAndSwaps, few, fc.nat(40)),
        ([situation, steps, during, deep]) => {
          warmUp(strategy, situation, during)
          const subject = watchedIn(strategy, situation)
          begin(subject, steps, strategy)
          eachWhole(subject, during, true, (step, value) => {
            nearTheEnd({ strategy, subject }, [step], value, [deep, deep])
          })
        },
      ),
  },
  {
    chapter,
    isUnchecked: true,
    title: "a cache that a hundred overflows have gone through keeps to a plain model",
    check: (strategy) =>
      forAll(fc.tuple(situations, few, stepsAndSwaps), ([situation, during, steps]) => {
        warmUp(strategy, situation, during)
        function weather(subject: Subject, model: Model): void {
          const { cache, clock } = subject
          nearTheEnd({ strategy, subject }, during, 1_000, [0, 100])
          // Ages are never negative, so nothing may have been stored at a time still to come, however
          // often the clock went backwards.
          clock.time += 10_000
          // Removals that are still to be told of, and whether there are times, are known now.
          const timed = during.some(
            ([name, , terms]) => name === "setOn" && terms?.ttl !== undefined,
          )
          cache.set("aside", 0, timed ? { ttl: 100 } : {})
          cache.delete("aside")
          cache.purgeExpired()
          cache.stats.reset()
          model.adopt(cache, timed)
        }
        follow(strategy, situation, steps, (turn) => keepsToModel(turn, strategy), weather)
      }),
  },
  {
    chapter,
    isUnchecked: true,
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
