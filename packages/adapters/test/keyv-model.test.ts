import { keyvStore } from "@evictionary/adapters"
import { unbounded } from "@evictionary/unbounded"
import fc from "fast-check"
import { afterEach, beforeEach, expect, test, vi } from "vitest"
import { type AnyKeyv, versions } from "./keyvs.ts"

const KEYS = ["a", "b", "a:b", "constructor"]

interface Entry {
  readonly key: string
  readonly value: unknown
  readonly ttl?: number | undefined
}

type Step =
  | ["set", Entry]
  | ["setMany", Entry[]]
  | ["deleteMany", string[]]
  | ["clear"]
  | ["wait", number]

/** What is in a namespace. */
class Model {
  private readonly held = new Map<string, { value: unknown; until: number }>()

  set({ key, value, ttl = Infinity }: Entry): void {
    this.held.set(key, { value, until: Date.now() + ttl })
  }

  has(key: string): boolean {
    return Date.now() < (this.held.get(key)?.until ?? 0)
  }

  get(key: string): unknown {
    return this.has(key) ? this.held.get(key)!.value : undefined
  }

  delete(key: string): boolean {
    return this.has(key) && this.held.delete(key)
  }

  clear(): void {
    this.held.clear()
  }
}

/** Takes the step in both, and compares what they say of it. */
async function take(step: Step, keyv: AnyKeyv, model: Model, version: string): Promise<void> {
  const [name, what] = step
  if (name === "set") {
    model.set(what)
    expect(await keyv.set(what.key, what.value, what.ttl)).toBe(true)
  } else if (name === "setMany") {
    for (const entry of what) model.set(entry)
    expect(await keyv.setMany(what)).toEqual(what.map(() => true))
  } else if (name === "deleteMany") {
    const there = what.map((key) => model.delete(key))
    const told = await keyv.deleteMany(what)
    expect(told).toEqual(version === "Keyv 5" ? there.every(Boolean) : there)
  } else if (name === "clear") {
    model.clear()
    await keyv.clear()
  } else vi.setSystemTime(Date.now() + what)
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["Date"], now: 1_000 })
})

afterEach(() => {
  vi.useRealTimers()
})

test.each(Object.entries(versions))(
  "%s finds what was stored last under a key of its namespace, as long as that has time left",
  async (version, keyvOver) => {
    const key = fc.constantFrom(...KEYS)
    const value = fc.constantFrom(0, "", null, undefined, false, "x", { y: [1] })
    const entry = fc.record({ key, value, ttl: fc.constantFrom(undefined, 1, 2, 100, Infinity) })
    const several = { maxLength: 3 }
    const step = fc.oneof(
      fc.tuple(fc.constant("set"), entry),
      fc.tuple(fc.constant("setMany"), fc.array(entry, several)),
      fc.tuple(fc.constant("deleteMany"), fc.array(key, several)),
      fc.tuple(fc.constant("clear")),
      fc.tuple(fc.constant("wait"), fc.constantFrom(1, 2, 100)),
    ) as fc.Arbitrary<Step>
    const law = fc.asyncProperty(fc.array(fc.tuple(fc.nat(1), step)), async (steps) => {
      const cache = unbounded<string, unknown>({ clock: { now: () => Date.now() } })
      const sides = ["one", "two"].map((namespace) => ({
        keyv: keyvOver({ store: keyvStore(cache), namespace }),
        model: new Model(),
      }))
      for (const [which, step] of steps) {
        await take(step, sides[which]!.keyv, sides[which]!.model, version)
        for (const { keyv, model } of sides) {
          expect(await keyv.hasMany(KEYS)).toEqual(KEYS.map((key) => model.has(key)))
          expect(await keyv.getMany(KEYS)).toEqual(KEYS.map((key) => model.get(key)))
        }
      }
    })
    await fc.assert(law)
  },
)
