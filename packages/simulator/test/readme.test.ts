import { readFileSync } from "node:fs"
import { join } from "node:path"
import * as lru from "@evictionary/lru"
import { s3Fifo } from "@evictionary/s3-fifo"
import * as sieve from "@evictionary/sieve"
import * as simulator from "@evictionary/simulator"
import * as node from "@evictionary/simulator/node"
import * as slru from "@evictionary/slru"
import { expect, it } from "vitest"
import { hasTraces } from "../../../scripts/golden.ts"
import { runReadme } from "../../../scripts/run-readme.ts"

it("the README's examples give what they say", async () => {
  await runReadme(new URL("../README.md", import.meta.url), {
    "@evictionary/lru": lru,
    "@evictionary/sieve": sieve,
    "@evictionary/simulator": simulator,
    "@evictionary/simulator/node": node,
    "@evictionary/slru": slru,
  })
})

it("the README shows the advice as it is", async () => {
  const users = lru.lru<number, string>({ capacity: 100 })
  const recording = simulator.record(users)
  for (const id of simulator.zipf({ keys: 1_000, requests: 50_000 })) {
    users.getOrInsertComputed(id, (id) => `user ${id}`)
  }
  const strategies = [lru.lru, sieve.sieve]
  const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8")
  expect(readme).toContain(`\`\`\`\n${await simulator.advise(recording, { strategies })}\n\`\`\``)
})

/** The lines of the table on what was recorded, each with the trace that it is of. */
function recordedLines(): [trace: string, share: number, ratios: string[]][] {
  const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8")
  let trace = ""
  return [...readme.matchAll(/^\| (?:.*\((.*)\))? ?\| (1|10)% \| (\..*) \|$/gm)].map(
    ([, name, percent, ratios]) => {
      trace = name ?? trace
      return [trace, Number(percent) / 100, ratios!.split(" | ")]
    },
  )
}

it("the README says how strategies fare by bytes", () => {
  expect(recordedLines().length).toBe(4)
})

it.runIf(hasTraces).each(recordedLines())("%s, with room for %d", async (name, share, ratios) => {
  const file = join(process.env.EVICTIONARY_TRACES!, `traces/${name}.txt.gz`)
  const trace = node.readTraceFile(file, { format: "sized-keys" })
  const none = { strategies: [], capacities: [], min: false }
  const { uniqueBytes } = await simulator.simulate(trace, none)
  const { results } = await simulator.simulate(trace, {
    strategies: [lru.lru, sieve.sieve, s3Fifo],
    capacities: [Math.round(share * uniqueBytes!)],
    by: "bytes",
  })
  const shown = (ratio: number) => ratio.toFixed(3).slice(1)
  const all = results.map(
    ({ hitRatio, byteHitRatio }) => `${shown(hitRatio)}, ${shown(byteHitRatio!)}`,
  )
  expect(all.slice(0, -1)).toEqual(ratios)
})
