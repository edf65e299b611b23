import { afterEach, expect, it, vi } from "vitest"
import { recency } from "./policies.ts"

afterEach(() => {
  vi.unstubAllGlobals()
})

function failing() {
  return recency<string, number>({
    capacity: 1,
    onRemoval() {
      throw new Error("from the listener")
    },
  })
}

it("by default the error of a listener goes to the host's reportError", () => {
  const reported = vi.fn()
  vi.stubGlobal("reportError", reported)
  failing().set("a", 1).set("b", 2)
  expect(reported).toHaveBeenCalledExactlyOnceWith(new Error("from the listener"))
})

it("what onListenerError throws, or rejects with, is reported in turn", async () => {
  const reported = vi.fn()
  vi.stubGlobal("reportError", reported)
  const handlers = [
    () => {
      throw new Error("from the handler")
    },
    () => Promise.reject(new Error("from the handler")),
  ]
  for (const onListenerError of handlers) {
    reported.mockClear()
    const cache = recency<string, number>({
      capacity: 1,
      onRemoval() {
        throw new Error("from the listener")
      },
      onListenerError,
    })
    cache.set("a", 1).set("b", 2)
    await Promise.resolve()
    expect(reported).toHaveBeenCalledExactlyOnceWith(new Error("from the handler"))
    expect([...cache]).toEqual([["b", 2]])
  }
})

it("what the promise of an async listener rejects with goes to onListenerError", async () => {
  const errors: unknown[] = []
  const cache = recency<string, number>({
    capacity: 1,
    async onRemoval(key) {
      await null
      throw key
    },
    onListenerError: (error) => errors.push(error),
  })
  cache.subscribe({ onMiss: (key) => Promise.reject(key) })
  cache.subscribe({
    // biome-ignore lint/suspicious/noThenProperty: a promise from elsewhere
    onHit: (key) => ({ then: (_: unknown, reject: (error: unknown) => void) => reject(key) }),
  })
  cache.subscribe({
    onHit: () => ({
      // biome-ignore lint/suspicious/noThenProperty: not even that
      get then() {
        throw "from then"
      },
    }),
  })
  cache.set("a", 1).set("b", 2).get("c")
  cache.get("b")
  await new Promise(setImmediate)
  expect(errors).toEqual(["b", "from then", "c", "a"])
})

it("an error of the timer's goes to onListenerError, since nobody called", () => {
  vi.useFakeTimers()
  const errors: unknown[] = []
  let now = 0
  const cache = recency<string, number>({
    capacity: 1,
    ttl: 5,
    purge: "timer",
    clock: { now: () => now },
    onListenerError: (error) => errors.push(error),
  })
  cache.set("a", 1)
  now = Number.NaN
  vi.advanceTimersByTime(5)
  vi.useRealTimers()
  expect(errors).toEqual([expect.objectContaining({ code: "INVALID_ARGUMENT" })])
})

it("one listener's error does not keep the news from the others", () => {
  const told: string[] = []
  const errors: unknown[] = []
  const cache = recency<string, number>({
    capacity: 1,
    onRemoval() {
      throw "first"
    },
    onListenerError: (error) => errors.push(error),
  })
  cache.subscribe({ onRemoval: (key) => told.push(key) })
  cache.subscribe({})
  cache.set("a", 1).set("b", 2)
  expect(told).toEqual(["a"])
  expect(errors).toEqual(["first"])
})

it("an observer whose time ends between a removal and the update is not told of that", () => {
  const told: string[] = []
  const cache = recency<string, number>({ capacity: 1 }).set("a", 1)
  const end = cache.subscribe({
    onRemoval(key) {
      told.push(`${key} left`)
      end()
    },
    onUpdate: (key) => told.push(`${key} has another value`),
  })
  cache.set("a", 2)
  expect(told).toEqual(["a left"])
})

it("what is given to an observer is what it is for, and no more", () => {
  const told: unknown[][] = []
  const note = (...details: unknown[]) => told.push(details)
  const cache = recency<string, number>({ capacity: 1 })
  cache.subscribe({ onHit: note, onMiss: note, onInsert: note, onUpdate: note })
  cache.set("a", 1).set("a", 2).get("a")
  cache.get("b")
  expect(told).toEqual([["a", 1], ["a", 2, 1], ["a", 2], ["b"]])
})

it("an observer may subscribe twice, and end each subscription by itself", () => {
  const told: string[] = []
  const observer = { onRemoval: (key: string) => told.push(key) }
  const cache = recency<string, number>({ capacity: 1 })
  const end = cache.subscribe(observer)
  cache.subscribe(observer)
  cache.set("a", 1).set("b", 2)
  end()
  cache.set("c", 3)
  expect(told).toEqual(["a", "a", "b"])
})

it("an observer is read once: what it is given later changes nothing", () => {
  const told: string[] = []
  let reads = 0
  const observer = {
    get onRemoval() {
      reads++
      return (key: string) => told.push(key)
    },
  }
  const cache = recency<string, number>({ capacity: 1 })
  cache.subscribe(observer)
  Object.defineProperty(observer, "onRemoval", { value: () => told.push("another") })
  Object.assign(observer, { onMiss: () => told.push("a new one") })
  cache.set("a", 1).set("b", 2).get("c")
  expect(told).toEqual(["a"])
  expect(reads).toBe(1)
})

it.each([
  [{ onInsertt() {} }, "onInsertt"],
  [{ onHit() {}, onhit() {} }, "onhit"],
  [{ hit() {} }, "hit"],
  [new (class Metrics { onHit() {} onEviction() {} })(), "onEviction"], // biome-ignore format: a line each
])("an observer of what is no event is refused: %o", (observer, name) => {
  const cache = recency<string, number>({ capacity: 1 })
  expect(() => cache.subscribe(observer as never)).toThrow(
    `\`${name}\` is not an event; the events are onHit, onMiss, onInsert, onUpdate, onLoad, onLoadError, onRemoval`,
  )
})
