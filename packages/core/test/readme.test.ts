import * as core from "@evictionary/core"
import { it } from "vitest"
import { runReadme } from "../../../scripts/run-readme.ts"
import { recency } from "./policies.ts"

it("the README's examples give what they say", async () => {
  await runReadme(new URL("../README.md", import.meta.url), {
    "@evictionary/core": core,
    "@evictionary/lru": { lru: recency },
  })
})
