import { expect, it } from "vitest"
import { run } from "../src/program.ts"
import { fakeHost, strategies } from "./host.ts"

const lru = strategies.find(({ strategyName }) => strategyName === "lru")!
const long = { ...lru, strategyName: "least-recently-used-but-one" }

it.each([
  ["--n", "10"],
  ["speed"],
  ["speed", "--polymorphic"],
  ["memory"],
  ["memoize"],
  ["memoize", "--async"],
  ["speed", "--with", "--strategies", "lru,least-recently-used-but-one"],
  ["hits", "--requests", "1000"],
  ["curves", "--requests", "1000"],
])("a strategy may have a long name: %s", async (...args) => {
  const host = fakeHost({ findStrategies: async () => [lru, long] })
  expect(await run(args, host)).toBe(0)
  expect(host.printed).toContain("least-rec")
  expect(host.printed.split("\n").filter((line) => line.length > 80)).toEqual([])
})
