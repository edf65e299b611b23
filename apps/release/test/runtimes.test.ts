import { readFileSync } from "node:fs"
import { join } from "node:path"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { deep } from "../../../scripts/deep.ts"
import { bundlers, importMap } from "./bundles.ts"
import { Matrix } from "./matrix.ts"
import { chromium, outcomeOf } from "./page.ts"
import { Project } from "./project.ts"
import { project as rehearsed } from "./rehearsed.ts"
import { tool } from "./tools.ts"

interface Outcome {
  readonly right: number
  readonly hits?: object
}

const project = new Project(rehearsed)
const matrix = new Matrix("The packages, used", "runtime", "version", "by", "outcome")

/** What is right here; so much has to be, and in the simulator the same, everywhere. */
let here: Outcome

beforeAll(async () => {
  if (deep) here = JSON.parse(await project.run("node", "run.js"))
})

afterAll(() => {
  if (deep) matrix.keep()
})

interface Trial<Had> {
  readonly runtime: string
  readonly by: string
  /** Gets what it takes; throws if that cannot be had. */
  get(): Had
  /** Returns the version, and what was printed. */
  run(had: Had): Promise<[string, unknown]>
}

function attempt<Had>({ runtime, by, get, run }: Trial<Had>): void {
  it(`the packages work on ${runtime}, by ${by}`, async ({ skip }) => {
    let had: Had
    try {
      had = get()
    } catch (error) {
      const [reason = ""] = String((error as { stderr?: unknown }).stderr || error).split("\n")
      matrix.add(runtime, "–", by, `cannot be had: ${reason}`)
      return skip(reason)
    }
    const [version, printed] = await run(had)
    const outcome = (typeof printed === "string" ? JSON.parse(printed) : printed) as Outcome
    expect(outcome).toEqual("hits" in outcome ? here : { right: here.right })
    const simulator = "hits" in outcome ? ", and the simulator" : ""
    matrix.add(runtime, version.trim(), by, `${outcome.right} right${simulator}`)
  })
}

const { platform, arch } = process
const system = platform === "win32" ? "win" : platform

describe.runIf(deep)("the packages", () => {
  for (const version of ["20.19", "22", "24", "26"]) {
    attempt({
      runtime: `Node.js ${version}`,
      by: "import",
      get() {
        const name = `node-${system}-${arch}`
        const folder = tool(`node-${version}`, `${name}@${version}`)
        return join(folder, "node_modules", name, "bin", platform === "win32" ? "node.exe" : "node")
      },
      run: async (node) => [
        await project.run(node, "--version"),
        await project.run(node, "run.js"),
      ],
    })
  }

  attempt({
    runtime: "Bun",
    by: "import",
    get() {
      const name = `@oven/bun-${system === "win" ? "windows" : system}-${arch}`
      return join(tool("bun", name), "node_modules", name, "bin/bun")
    },
    run: async (bun) => [await project.run(bun, "--version"), await project.run(bun, "run.js")],
  })

  attempt({
    runtime: "Deno",
    by: "import",
    get() {
      const name = `@deno/${platform}-${arch}${platform === "linux" ? "-glibc" : ""}`
      return join(tool("deno", name), "node_modules", name, "deno")
    },
    run: async (deno) => [
      (await project.run(deno, "--version")).split(/\s/)[1] ?? "",
      await project.run(deno, "run", "--allow-all", "--no-remote", "run.js"),
    ],
  })

  attempt({
    runtime: "workerd",
    by: "esbuild",
    get: () => tool("miniflare", "miniflare"),
    async run(folder) {
      const bundle = "bundle-workerd.js"
      await bundlers.esbuild(project.folder, "workerd.js", bundle)
      const manifest = readFileSync(join(folder, "node_modules/workerd/package.json"), "utf8")
      return [
        JSON.parse(manifest).version,
        await project.run("node", "miniflare.js", folder, join(project.folder, bundle)),
      ]
    },
  })

  for (const [name, bundle] of Object.entries(bundlers)) {
    attempt({
      runtime: "Chromium",
      by: name,
      get: chromium,
      async run() {
        await bundle(project.folder, "browser.js", `bundle-${name}.js`)
        return opened(`<script type="module" src="/bundle-${name}.js"></script>`)
      },
    })
  }

  attempt({
    runtime: "Chromium",
    by: "an import map",
    get: chromium,
    run: () => {
      const { packages } = JSON.parse(project.read("package-lock.json")) as { packages: object }
      const names = Object.keys(packages).flatMap(
        (path) => /^node_modules\/((?:@[^/]+\/)?[^/]+)$/.exec(path)?.[1] ?? [],
      )
      const map = JSON.stringify(importMap(project.folder, names))
      return opened(
        `<script type="importmap">${map}</script><script type="module" src="/browser.js"></script>`,
      )
    },
  })

  attempt({
    runtime: "Chromium",
    by: "a module worker",
    get: chromium,
    async run() {
      await bundlers.esbuild(project.folder, "browser.js", "bundle-worker.js")
      return opened(`<script type="module">
        const worker = new Worker("/bundle-worker.js", { type: "module" })
        worker.onmessage = ({ data }) => { globalThis.outcome = data }
      </script>`)
    },
  })
})

async function opened(html: string): Promise<[string, unknown]> {
  const [outcome, version] = await outcomeOf(project.folder, html)
  return [version, outcome]
}
