import * as conformance from "@evictionary/conformance"
import * as core from "@evictionary/core"
import { it } from "vitest"
import { runReadme } from "../../../scripts/run-readme.ts"

it("the guide to writing a strategy does what it says", async () => {
  await runReadme(new URL("../../../docs/writing-a-strategy.md", import.meta.url), {
    "@evictionary/conformance": conformance,
    "@evictionary/core": core,
  })
})
