import * as evictionary from "evictionary"
import { test } from "vitest"
import { runReadme } from "../../../scripts/run-readme.ts"

// What they add by registry.add(…) is there for the whole process.
test("every example in the README gives what it says", async () => {
  await runReadme(new URL("../README.md", import.meta.url), { evictionary })
})
