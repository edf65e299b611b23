import diagnostics from "node:diagnostics_channel"
import { publish } from "@evictionary/core/diagnostics"
import { afterEach, beforeEach, expect, it } from "vitest"
import { recency } from "./policies.ts"

const channels = ["hit", "miss", "insert", "update", "load", "load-error", "removal"].map(
  (c) => `evictionary:${c}`,
)
let messages: [string | symbol, object][] = []
const note = (message: unknown, channel: string | symbol) =>
  messages.push([channel, message as object])

beforeEach(() => {
  messages = []
  for (const channel of channels) diagnostics.subscribe(channel, note)
})

afterEach(() => {
  for (const channel of channels) diagnostics.unsubscribe(channel, note)
})

it("what happens in a cache is published, under its name, until that is ended", () => {
  let now = 0
  const cache = recency<string, number>({ capacity: 1, clock: { now: () => now } })
  const end = publish(cache, "numbers")
  const about = { name: "numbers", cache }
  cache.getOrInsertComputed("a", () => {
    now += 5
    return 1
  })
  cache.get("a")
  expect(() =>
    cache.getOrInsertComputed("b", () => {
      throw "broken"
    }),
  ).toThrow("broken")
  cache.set("b", 2).set("b", 3)
  expect(messages).toEqual([
    ["evictionary:miss", { ...about, key: "a" }],
    ["evictionary:insert", { ...about, key: "a", value: 1 }],
    ["evictionary:load", { ...about, key: "a", value: 1, duration: 5 }],
    ["evictionary:hit", { ...about, key: "a", value: 1 }],
    ["evictionary:miss", { ...about, key: "b" }],
    ["evictionary:load-error", { ...about, key: "b", error: "broken", duration: 0 }],
    ["evictionary:removal", { ...about, key: "a", value: 1, cause: "evicted" }],
    ["evictionary:insert", { ...about, key: "b", value: 2 }],
    ["evictionary:removal", { ...about, key: "b", value: 2, cause: "replaced" }],
    ["evictionary:update", { ...about, key: "b", value: 3, previous: 2 }],
  ])
  messages = []
  end()
  cache.set("c", 3).get("c")
  expect(messages).toEqual([])
})
