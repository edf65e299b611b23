import { readFileSync } from "node:fs"
import { checkPackage, createPackageFromTarballData } from "@arethetypeswrong/core"
import { publint } from "publint"
import { formatMessage } from "publint/utils"
import { describe, expect, it } from "vitest"
import { tarballs } from "./rehearsed.ts"

interface Manifest {
  readonly exports?: object
}

/** How TypeScript finds types where `import` and `export` are all there is. */
const RESOLUTIONS = ["node16-esm", "bundler"]

describe.each(Object.entries(tarballs))("%s", (_name, path) => {
  const tarball = readFileSync(path)
  const data = new Uint8Array(tarball).buffer

  it("is packed as package managers, runtimes and bundlers expect", async () => {
    const { messages, pkg } = await publint({ pack: { tarball: data }, strict: true })
    expect(messages.map((message) => formatMessage(message, pkg))).toEqual([])
  })

  it("has types where TypeScript looks for them", async () => {
    const contents = createPackageFromTarballData(tarball)
    const manifest = contents.readFile(`/node_modules/${contents.packageName}/package.json`)
    // A program has no types.
    if ((JSON.parse(manifest) as Manifest).exports === undefined) return
    const analysis = await checkPackage(contents, { excludeEntrypoints: [/\.json$/] })
    expect(analysis).toMatchObject({ types: { kind: "included" } })
    const problems = "problems" in analysis ? analysis.problems : []
    expect(
      problems.filter((problem) => {
        return !("resolutionKind" in problem) || RESOLUTIONS.includes(problem.resolutionKind)
      }),
    ).toEqual([])
  })
})
