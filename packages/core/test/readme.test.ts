import * as diagnostics from "node:diagnostics_channel"
import * as core from "@evictionary/core"
import { publish } from "@evictionary/core/diagnostics"
import { tagsOf } from "@evictionary/core/tags"
import { it } from "vitest"
import { runReadme } from "../../../scripts/run-readme.ts"
import { Recency } from "./policies.ts"

class Lru extends Recency {
  describe(): core.PolicyDescription {
    return { lists: { list: this.list } }
  }
}

const lru = core.defineStrategy("lru", ({ slots }) => new Lru(slots))
const unbounded = core.defineStrategy("unbounded", ({ slots }) => new Recency(slots), {
  neverEvicts: true,
})

it("the README's examples give what they say", async () => {
  await runReadme(new URL("../README.md", import.meta.url), {
    "@evictionary/core": core,
    "@evictionary/core/diagnostics": { publish },
    "@evictionary/core/tags": { tagsOf },
    "@evictionary/lru": { lru },
    "@evictionary/unbounded": { unbounded },
    "node:diagnostics_channel": diagnostics,
  })
})
