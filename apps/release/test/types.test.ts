import { join } from "node:path"
import { afterAll, describe, expect, it } from "vitest"
import { deep } from "../../../scripts/deep.ts"
import { Matrix } from "./matrix.ts"
import { Project } from "./project.ts"
import { project as rehearsed } from "./rehearsed.ts"
import { root } from "./repository.ts"
import { tool } from "./tools.ts"

const HERE = "of this repository"
/** Of the two that are here, by the one that takes a third of the time; where there is more, all do. */
const quickly = !deep
const VERSIONS = deep ? [HERE, "5.0", "5.4", "5.9", "6.0", "7.0"] : [HERE]

/** How modules are looked for, and the first major version that does it no more. */
const RESOLUTIONS = {
  nodenext: { module: "nodenext", moduleResolution: "nodenext" },
  node16: { module: "node16", moduleResolution: "node16" },
  bundler: { module: "es2022", moduleResolution: "bundler" },
  node10: { module: "es2022", moduleResolution: "node10" },
}

/** What is refused whether it is used or not: nobody may be asked to skip the check of libraries. */
const STRICT = {
  target: "ES2022",
  lib: ["ES2022"],
  types: [],
  skipLibCheck: false,
  strict: true,
  noEmit: true,
}

const project = new Project(rehearsed)
const matrix = new Matrix(
  "Types, compiled with skipLibCheck false",
  "TypeScript",
  ...Object.keys(RESOLUTIONS),
  "with `using`, DOM and Node.js",
)

afterAll(() => {
  if (deep) matrix.keep()
})

describe.each(VERSIONS)("the types, by TypeScript %s,", (version) => {
  const cells: string[] = [version]
  let tsc: string

  /** Compiles a program of `use/`, and all that can be imported of any package. */
  async function compile(name: string, file: string, compilerOptions: object): Promise<void> {
    tsc ??= version === HERE ? root : tool(`typescript-${version}`, `typescript@${version}`)
    // The types of fast-check, which conformance shows, are not found without `exports`.
    const entries = name === "node10" ? "entries-without-conformance.ts" : "entries.ts"
    const config = { compilerOptions, files: [file, entries] }
    project.write(`tsconfig.${name}.json`, JSON.stringify(config))
    const program = join(tsc, "node_modules", quickly ? "typescript-7" : "typescript", "bin/tsc")
    const { status, stdout } = await project.try("node", program, "-p", `tsconfig.${name}.json`)
    cells.push(status === 0 ? "right" : "wrong")
    expect(stdout).toBe("")
    expect(status).toBe(0)
  }

  afterAll(() => matrix.add(...cells))

  it.each(Object.entries(RESOLUTIONS).slice(0, deep ? undefined : 1))(
    "compile with ES2022 alone, and modules looked for as %s does",
    async (name, resolution) => {
      const major = Number.parseInt(version, 10)
      if (name === "node10" && major >= 7) {
        cells.push("is no more")
        return
      }
      const deprecations = name === "node10" && major !== 5 ? { ignoreDeprecations: "6.0" } : {}
      await compile(name, "types.ts", { ...STRICT, ...resolution, ...deprecations })
    },
  )

  it.runIf(deep)(
    "compile beside those of the newest language, of the DOM and of Node.js",
    async () => {
      if (version < "5.2") {
        cells.push("no `using` yet")
        return
      }
      await compile("using", "using.ts", {
        ...STRICT,
        ...RESOLUTIONS.nodenext,
        lib: ["ESNext", "DOM"],
        types: ["node"],
        typeRoots: [join(root, "node_modules/@types")],
      })
    },
  )
})

it.runIf(deep)("what is wrong is found", async () => {
  project.write("wrong.ts", 'import { lru } from "@evictionary/lru"\nlru({ capacity: "1" })\n')
  project.write(
    "tsconfig.wrong.json",
    JSON.stringify({
      compilerOptions: { ...STRICT, ...RESOLUTIONS.nodenext },
      files: ["wrong.ts"],
    }),
  )
  const tsc = join(root, "node_modules/typescript/bin/tsc")
  const { status, stdout } = await project.try("node", tsc, "-p", "tsconfig.wrong.json")
  expect(status).not.toBe(0)
  expect(stdout).toContain("wrong.ts(2,7)")
})
