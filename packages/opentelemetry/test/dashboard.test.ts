import { readFileSync } from "node:fs"
import { lru } from "@evictionary/lru"
import { METRICS } from "@evictionary/opentelemetry"
import { exposeCaches } from "@evictionary/opentelemetry/prom-client"
import * as client from "prom-client"
import { Registry } from "prom-client"
import { expect, test } from "vitest"

const text = readFileSync(new URL("../dashboard.json", import.meta.url), "utf8")
const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8")

interface Panel {
  readonly title: string
  readonly description: string
  readonly targets: readonly { readonly expr: string; readonly legendFormat: string }[]
}

const { panels, templating } = JSON.parse(text) as {
  readonly panels: readonly Panel[]
  readonly templating: { readonly list: readonly { readonly name: string }[] }
}
const queries = panels.flatMap(({ targets }) => targets.map(({ expr }) => expr))

/** What a registry has: the metrics, by name, and the labels. */
async function exposed(): Promise<{ metrics: string[]; labels: string[] }> {
  const register = new Registry()
  exposeCaches(client, { cache: lru({ capacity: 1 }) }, register)
  const metrics = register.getMetricsAsArray() as unknown as {
    name: string
    labelNames: string[]
  }[]
  return { metrics: metrics.map(({ name }) => name), labels: metrics[0]!.labelNames }
}

/** The names in queries; a query may find a metric by a pattern of them. */
const NAMES = /__name__=~"([^"]+)"|\b(evictionary_cache_\w+)/g

test("the dashboard asks for metrics and labels that there are", async () => {
  const { metrics, labels } = await exposed()
  const { name } = METRICS.hitRatio
  const more = [...readme.matchAll(/createGauge\("([^"]+)"/g)].map(([, name = ""]) => name)
  expect(more).toEqual([name.replace("hit_ratio", "doubled.hit_ratio")])
  const known = [...metrics, ...labels, ...more.map((name) => name.replaceAll(".", "_"))]
  for (const query of queries) {
    for (const [, pattern, plain] of query.matchAll(NAMES)) {
      const isKnown = known.some((name) => name === plain || name.match(`^(?:${pattern})$`))
      expect(isKnown, `${pattern ?? plain} in ${query}`).toBe(true)
    }
  }
  expect(
    [...text.matchAll(/label_values\((\w+), (\w+)\)/g)].map((match) => match.slice(1)),
  ).toEqual([[metrics[0], labels[0]]])
})

test("the dashboard shows every metric; of ratios, that of late", async () => {
  const { metrics } = await exposed()
  const shown = metrics.filter((name) => {
    return queries.some((query) =>
      [...query.matchAll(NAMES)].some(([, p, plain]) => plain === name || name.match(`^(?:${p})$`)),
    )
  })
  expect(metrics.filter((name) => !shown.includes(name))).toEqual(["evictionary_cache_hit_ratio"])
})

test("every query is for the caches that are chosen, and every panel says what it is", () => {
  for (const query of queries) {
    for (const [selector = ""] of query.matchAll(/\{[^}]*\}/g)) {
      expect(selector).toContain('evictionary_cache_name=~"$cache"')
    }
    expect(query.split("(").length).toBe(query.split(")").length)
  }
  for (const { title, description } of panels) {
    expect(title).not.toBe("")
    expect(description).not.toBe("")
  }
  expect(templating.list.map(({ name }) => name)).toEqual(["datasource", "cache"])
})
