import { lru } from "@evictionary/lru"
import { memoizeAsync } from "@evictionary/memoize"
import { observeCaches } from "@evictionary/opentelemetry"
import { exposeCaches } from "@evictionary/opentelemetry/prom-client"
import * as client from "prom-client"
import { afterEach, expect, test, vi } from "vitest"
import { collecting } from "./collecting.ts"
import { exporter } from "./sdk.ts"

afterEach(() => {
  vi.restoreAllMocks()
  client.register.clear()
})

/** The lines with values of a text in the format of Prometheus. */
function lines(text: string): string[] {
  return text.split("\n").filter((line) => line !== "" && !line.startsWith("#"))
}

function some() {
  const users = lru<string, number>({ capacity: 2, maxWeight: 10 })
  for (const key of ["a", "b", "c"]) users.set(key, 1)
  for (const key of ["b", "c", "x"]) users.get(key)
  return { users, load: memoizeAsync(async (id: string) => id, lru({ capacity: 10 })) }
}

test("a registry tells what caches do, as it is when it is asked", async () => {
  const { users } = some()
  exposeCaches(client, { users })
  expect(lines(await client.register.metrics())).toEqual([
    'evictionary_cache_requests_total{evictionary_cache_name="users",evictionary_cache_request_type="hit"} 2',
    'evictionary_cache_requests_total{evictionary_cache_name="users",evictionary_cache_request_type="miss"} 1',
    'evictionary_cache_removals_total{evictionary_cache_name="users",evictionary_cache_removal_cause="evicted"} 1',
    'evictionary_cache_removals_total{evictionary_cache_name="users",evictionary_cache_removal_cause="expired"} 0',
    'evictionary_cache_removals_total{evictionary_cache_name="users",evictionary_cache_removal_cause="deleted"} 0',
    'evictionary_cache_entry_count{evictionary_cache_name="users"} 2',
    'evictionary_cache_entry_limit{evictionary_cache_name="users"} 2',
    'evictionary_cache_weight_usage{evictionary_cache_name="users"} 2',
    'evictionary_cache_weight_limit{evictionary_cache_name="users"} 10',
    `evictionary_cache_hit_ratio{evictionary_cache_name="users"} ${2 / 3}`,
  ])
  users.get("x")
  users.clear()
  const metrics = await client.register.metrics()
  expect(metrics).toContain('_type="miss"} 2')
  expect(metrics).toContain('evictionary_cache_entry_count{evictionary_cache_name="users"} 0')
})

test("it is what the exporter of OpenTelemetry makes of the same caches, but for the unit of time", async () => {
  const { users, load } = some()
  await load("a")
  exposeCaches(client, { users, load })
  const otel = collecting()
  observeCaches(otel.meter, { users, load })
  const theirs = lines(
    new exporter.PrometheusSerializer("", false, undefined, true, true).serialize(
      await otel.collect(),
    ),
  )
  const ours = lines(await client.register.metrics())
  expect(ours.map((line) => line.replace("_seconds_total", "_total"))).toEqual(
    theirs.filter((line) => !line.startsWith("target_info")),
  )
  await otel.end()
})

test("a registry of one's own has them in place of the default one", async () => {
  const register = new client.Registry()
  exposeCaches(client, some(), register)
  expect(await client.register.metrics()).not.toContain("evictionary")
  expect(await register.metrics()).toContain("evictionary_cache_load_time_seconds_total")
})

test("a registry takes all caches at once; after the end, others", async () => {
  const end = exposeCaches(client, some())
  expect(() => exposeCaches(client, { others: lru({ capacity: 1 }) })).toThrow(
    expect.objectContaining({ code: "INVALID_ARGUMENT" }),
  )
  end()
  expect(await client.register.metrics()).not.toContain("evictionary")
  exposeCaches(client, { others: lru({ capacity: 1 }) })
  end()
  expect(await client.register.metrics()).toContain('name="others"')
})

test("what cannot be observed is refused, and a cache that throws harms no other", async () => {
  expect(() => exposeCaches(client, { map: new Map() } as never)).toThrow("`map` must be a cache")
  vi.spyOn(process, "emitWarning").mockImplementation(() => {})
  const { users } = some()
  const broken = {
    get stats(): never {
      throw new Error("no stats")
    },
  }
  exposeCaches(client, { broken: broken as never, users })
  expect(lines(await client.register.metrics()).length).toBe(10)
})
