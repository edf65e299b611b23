import * as lru from "@evictionary/lru"
import * as memoize from "@evictionary/memoize"
import * as opentelemetry from "@evictionary/opentelemetry"
import * as promClient from "@evictionary/opentelemetry/prom-client"
import * as sieve from "@evictionary/sieve"
import * as simulator from "@evictionary/simulator"
import * as client from "prom-client"
import { afterEach, expect, test, vi } from "vitest"
import { runReadme } from "../../../scripts/run-readme.ts"
import { collecting } from "./collecting.ts"
import { api } from "./sdk.ts"

afterEach(() => {
  vi.restoreAllMocks()
  vi.useRealTimers()
  client.register.clear()
})

test("every example in the README gives what it says", async () => {
  const otel = collecting()
  vi.spyOn(api.metrics, "getMeter").mockReturnValue(otel.meter)
  vi.useFakeTimers({ toFake: ["setInterval"] })
  await runReadme(new URL("../README.md", import.meta.url), {
    "@evictionary/lru": lru,
    "@evictionary/memoize": memoize,
    "@evictionary/opentelemetry": opentelemetry,
    "@evictionary/opentelemetry/prom-client": promClient,
    "@evictionary/sieve": sieve,
    "@evictionary/simulator": simulator,
    "@opentelemetry/api": api,
    "prom-client": client,
  })
  vi.advanceTimersByTime(600_000)
  await expect.poll(() => otel.points()).toHaveProperty(["pages.doubled.hit_ratio"])
  expect(await otel.points()).toMatchObject({
    "pages.entry.limit": 10_000,
    "user.entry.limit": 1_000,
    "pages.requests hit": 1,
    "pages.doubled.hit_ratio": 0,
  })
  await otel.end()
})
