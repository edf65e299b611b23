import fc from "fast-check"
import { forAll, type Law, same } from "../law.ts"
import { cacheOf, type TestCache } from "../subject.ts"

/** What a strategy does, in the plainest code. Keys are small numbers. */
export interface Model {
  /** Of a key that may be absent; then it changes nothing. */
  get(key: number): void
  set(key: number): void
  delete(key: number): void
  resize(capacity: number): void
  /** Those evicted so far. */
  readonly victims: readonly number[]
  /** Whom evictions would take, one after the other. */
  order(): number[]
}

/** A {@link Model} as papers have it: of a fixed capacity, and what misses is stored. */
export interface RequestModel {
  /** Whether it hits. */
  request(key: number): boolean
  /** Those evicted so far. */
  readonly evicted: readonly number[]
}

/** Makes a model; `own` are options of the strategy's own. */
export type ModelOf<Own extends object> = (capacity: number, own: Own) => Model | RequestModel

type Step = readonly [operation: string, n: number]

/** Twice as many keys as the largest cache holds, or more, so that they leave and come back. */
const requests = fc.array(fc.tuple(fc.constant("request"), fc.nat(25)), {
  maxLength: 400,
  size: "max",
})
const steps = fc.array(
  fc.tuple(fc.constantFrom("get", "get", "set", "set", "set", "delete", "resize"), fc.nat(9)),
  { maxLength: 100, size: "max" },
)

/** For strategies of which there is a plain model. */
export function likeModel<Own extends object>(
  modelOf: ModelOf<Own>,
  own: fc.Arbitrary<Own> = fc.constant({} as Own),
): Law {
  return {
    chapter: "Paper",
    title: "hits and victims are those of the plain model, whatever is asked of it",
    examples: 100,
    check(strategy) {
      const [sample] = fc.sample(own, { numRuns: 1, seed: 1 })
      const asked = "request" in modelOf(1, sample as Own) ? requests : steps
      forAll(
        fc.tuple(fc.integer({ min: 1, max: 9 }), own, asked),
        ([capacity, own, steps]: [number, Own, readonly Step[]]) => {
          const victims: unknown[] = []
          const cache = cacheOf(strategy, capacity, {
            ...own,
            onRemoval: (key, _value, cause) => cause === "evicted" && victims.push(key),
          })
          const model = modelOf(capacity, own)
          for (const step of steps) {
            if ("request" in model) follow(cache, model, step)
            else compare(cache, victims, model, step)
          }
          same(victims, "request" in model ? model.evicted : model.victims, "victims")
        },
      )
    },
  }
}

function follow(cache: TestCache, model: RequestModel, [, key]: Step): void {
  const isHit = cache.get(key) !== undefined
  if (!isHit) cache.set(key, key)
  same(isHit, model.request(key), `whether ${key} is a hit`)
}

function compare(cache: TestCache, victims: unknown[], model: Model, step: Step): void {
  perform(cache, step)
  perform(model, step)
  same(victims, model.victims, "victims")
  same([...cache.keys()], model.order(), "the order")
}

function perform(subject: Model | TestCache, [operation, n]: Step): void {
  if (operation === "get") subject.get(n)
  else if (operation === "delete") subject.delete(n)
  else if (operation === "resize") subject.resize(n + 1)
  else subject.set(n, n)
}
