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

it("where there is no reportError it becomes an unhandled rejection", async () => {
  vi.stubGlobal("reportError", undefined)
  const others = process.listeners("unhandledRejection")
  process.removeAllListeners("unhandledRejection")
  try {
    const unhandled = new Promise((resolve) => process.once("unhandledRejection", resolve))
    failing().set("a", 1).set("b", 2)
    expect(await unhandled).toEqual(new Error("from the listener"))
  } finally {
    for (const other of others) process.on("unhandledRejection", other)
  }
})

it("what onListenerError throws is reported in turn", () => {
  const reported = vi.fn()
  vi.stubGlobal("reportError", reported)
  const cache = recency<string, number>({
    capacity: 1,
    onRemoval() {
      throw new Error("from the listener")
    },
    onListenerError() {
      throw new Error("from the handler")
    },
  })
  cache.set("a", 1).set("b", 2)
  expect(reported).toHaveBeenCalledExactlyOnceWith(new Error("from the handler"))
  expect([...cache]).toEqual([["b", 2]])
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
