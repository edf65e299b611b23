import * as arc from "@evictionary/arc"
import { it } from "vitest"
import { runReadme } from "../../../scripts/run-readme.ts"

it("the README's examples give what they say", async () => {
  await runReadme(new URL("../README.md", import.meta.url), { "@evictionary/arc": arc })
})
