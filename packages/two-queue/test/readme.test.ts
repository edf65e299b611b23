import * as twoQueue from "@evictionary/two-queue"
import { it } from "vitest"
import { runReadme } from "../../../scripts/run-readme.ts"

it("the README's examples give what they say", async () => {
  await runReadme(new URL("../README.md", import.meta.url), { "@evictionary/two-queue": twoQueue })
})
