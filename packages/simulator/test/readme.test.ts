import { readFileSync } from "node:fs"
import * as lru from "@evictionary/lru"
import * as sieve from "@evictionary/sieve"
import * as simulator from "@evictionary/simulator"
import { expect, it } from "vitest"
import { runReadme } from "../../../scripts/run-readme.ts"

it("the README's examples give what they say", async () => {
  await runReadme(new URL("../README.md", import.meta.url), {
    "@evictionary/lru": lru,
    "@evictionary/sieve": sieve,
    "@evictionary/simulator": simulator,
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
