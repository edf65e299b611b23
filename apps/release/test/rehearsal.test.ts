import { execFileSync } from "node:child_process"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { deep } from "../../../scripts/deep.ts"
import { CHANGE } from "./next-release.ts"
import { Project } from "./project.ts"
import { registry, project as rehearsed, tarballs } from "./rehearsed.ts"
import { files, packages, read } from "./repository.ts"

interface Manifest {
  readonly name: string
  readonly version: string
}

interface Changeset {
  /** What it calls the change of each package that it names. */
  readonly bumps: Readonly<Record<string, string>>
  readonly text: string
}

const manifests = packages().map((path) => JSON.parse(read(`${path}/package.json`)) as Manifest)
const changesets = files(".changeset/*.md").map((path): Changeset => {
  const [, head = "", text = ""] = read(path).split(/^---$/m)
  const bumps = [...head.matchAll(/"(.+)": (\w+)/g)].map(([, name, bump]) => [name, bump])
  return { bumps: Object.fromEntries(bumps), text: text.trim() }
})

/** What `tar` tells of a package's tarball. */
function tar(options: string, name: string, ...paths: string[]): string {
  const tarball = tarballs[name] as string
  return execFileSync("tar", [options, tarball, ...paths], { encoding: "utf8" })
}

describe.each(manifests)("the next release of $name", ({ name, version }) => {
  it("has a higher version, with a new major number only if somebody asks for it", () => {
    const next = JSON.parse(tar("-xzOf", name, "package/package.json")) as Manifest
    const [old, made] = [version, next.version].map((text) => text.split(".").map(Number))
    const order = made!.map((number, i) => Math.sign(number - old![i]!)).find((sign) => sign !== 0)
    expect(order).toBe(1)
    const isMajor = changesets.some(({ bumps }) => bumps[name] === "major")
    expect(made![0]).toBe(old![0]! + (isMajor ? 1 : 0))
  })

  it("tells in its changelog what changesets say of it, and what it needs in one line", () => {
    const changelog = tar("-xzOf", name, "package/CHANGELOG.md")
    expect(changelog).toContain(`- ${CHANGE}\n`)
    for (const { bumps, text } of changesets) {
      expect(changelog.includes(text), text).toBe(name in bumps)
    }
    expect(changelog.match(/^- Needs /gm)?.length ?? 0).toBeLessThanOrEqual(1)
  })

  it("has its licence and its README, and nothing that is for this repository alone", () => {
    expect(tar("-xzOf", name, "package/LICENSE")).toBe(read("LICENSE"))
    expect(tar("-xzOf", name, "package/README.md")).toContain(`# ${name}`)
    expect(tar("-xzOf", name, "package/package.json")).not.toMatch(/"(workspace|catalog):/)
    expect(tar("-tzf", name)).not.toMatch(/^package\/(test|node_modules|\.)/m)
  })
})

describe.each(deep ? (["npm", "pnpm"] as const) : (["npm"] as const))(
  "all packages, installed elsewhere by %s,",
  (manager) => {
    let project: Project

    beforeAll(async () => {
      const names = manifests.map(({ name }) => name)
      project =
        manager === "npm" ? new Project(rehearsed) : await Project.with(names, registry, manager)
    })

    afterAll(() => {
      if (manager !== "npm") project.remove()
    })

    it.runIf(manager === "npm")("are there with what they need, all from one registry", () => {
      const { packages } = JSON.parse(project.read("package-lock.json"))
      const { "": _, ...installed } = packages as Record<string, { resolved?: string }>
      expect(Object.keys(installed).length).toBeGreaterThan(manifests.length)
      for (const { resolved } of Object.values(installed)) {
        expect(resolved?.startsWith(registry)).toBe(true)
      }
    })

    it("work together", async () => {
      const { right, hits } = JSON.parse(await project.run("node", "run.js"))
      expect(right).toBeGreaterThan(100)
      expect(Object.keys(hits)).toEqual(expect.arrayContaining(["lru", "w-tinylfu", "min"]))
    })

    it("do without what platforms may lack", async () => {
      const all = await project.run("node", "run-portable.js")
      expect(await project.run("node", "--import", "./without.js", "run-portable.js")).toBe(all)
    })

    it("have the command line as `npx evictionary`", async () => {
      expect(await project.run("npx", "evictionary", "simulate", "--help")).toContain("--capacity")
    })
  },
)

// Another installation: where there is little time, the tests of the package say as much of it.
describe.runIf(deep)("the package of all strategies, installed elsewhere,", () => {
  let project: Project

  beforeAll(async () => {
    project = await Project.with(["evictionary"], registry)
  })

  afterAll(() => project?.remove())

  it("is there with what it needs, all from the registry of the rehearsal", () => {
    const { packages } = JSON.parse(project.read("package-lock.json"))
    const { "": _, ...installed } = packages as Record<string, { resolved?: string }>
    expect(Object.keys(installed).length).toBeGreaterThan(15)
    for (const { resolved } of Object.values(installed)) {
      expect(resolved?.startsWith(registry)).toBe(true)
    }
  })

  it("says where the command line is, if that is asked for by `npx evictionary`", async () => {
    const { status, stderr } = await project.try("npx", "evictionary", "simulate")
    expect(status).toBe(1)
    expect(stderr).toContain("npx @evictionary/cli simulate")
  })
})
