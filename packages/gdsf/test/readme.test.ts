import * as exported from "@evictionary/gdsf"
import { it } from "vitest"
import { runReadme } from "../../../scripts/run-readme.ts"

it("the README's examples give what they say", async () => {
  await runReadme(new URL("../README.md", import.meta.url), { "@evictionary/gdsf": exported })
})
