import { type Key, readTrace } from "@evictionary/simulator"
import { expect, it } from "vitest"
import { collectGarbage } from "../../../scripts/garbage.ts"

async function heapUsed(): Promise<number> {
  await collectGarbage()
  return process.memoryUsage().heapUsed
}

it("a key that is kept keeps nothing else of its trace", async () => {
  async function* chunks() {
    for (let i = 0; i < 300; i++)
      yield Buffer.from(`/a/rather/long/path/${i}\n${"x".repeat(2 ** 16)}\n`)
  }
  const kept: Key[] = []
  const before = await heapUsed()
  const trace = readTrace(chunks(), { format: "keys", maxLineLength: 1_000, onBadLine: "skip" })
  for await (const { keys } of trace) kept.push(...keys)
  expect(kept.length).toBe(300)
  expect((await heapUsed()) - before).toBeLessThan(2e6)
})
