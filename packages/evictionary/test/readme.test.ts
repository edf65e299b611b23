import * as evictionary from "evictionary"
import { test } from "vitest"
import { runReadme } from "../../../scripts/run-readme.ts"

// They say registry.add(…), too.
test("every example in the README gives what it says", async () => {
  await runReadme(new URL("../README.md", import.meta.url), { evictionary })
})
