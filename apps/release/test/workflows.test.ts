import { describe, expect, it } from "vitest"
import { parse } from "yaml"
import { files, read } from "./repository.ts"

interface Step {
  readonly uses?: string
  readonly run?: string
  readonly with?: Readonly<Record<string, string>>
}

interface Job {
  readonly uses?: string
  readonly needs?: string | readonly string[]
  readonly environment?: string
  readonly permissions?: Readonly<Record<string, string>>
  readonly "timeout-minutes"?: number
  readonly strategy?: { readonly matrix: { readonly node: readonly string[] } }
  readonly steps?: readonly Step[]
}

interface Workflow {
  readonly on: Readonly<Record<string, unknown>>
  readonly permissions?: object
  readonly jobs: Readonly<Record<string, Job>>
}

const paths = files(".github/workflows/*.yml")
const workflows = paths.map((path) => [path, parse(read(path)) as Workflow] as const)
const jobs = workflows.flatMap(([path, workflow]) =>
  Object.entries(workflow.jobs).map(
    ([name, job]) => [`${name} in ${path}`, job, workflow] as const,
  ),
)
const manifest = JSON.parse(read("package.json"))

/** The jobs that have to succeed before this one. */
function before({ needs = [] }: Job, { jobs }: Workflow): Job[] {
  const direct = [needs].flat().map((name) => jobs[name] as Job)
  return [...direct, ...direct.flatMap((job) => before(job, { jobs } as Workflow))]
}

describe.each(jobs)("the job %s", (_name, job, workflow) => {
  it("ends in time", () => {
    if (job.uses === undefined) expect(job["timeout-minutes"]).toBeGreaterThan(0)
  })

  it("has the rights that it names, and no others", () => {
    expect(workflow.permissions).toEqual({})
    expect(job.permissions).toBeDefined()
  })

  it("runs commands that there are", () => {
    const commands = (job.steps ?? []).flatMap(({ run = "", with: given = {} }) => [
      run,
      ...Object.values(given),
    ])
    for (const command of commands) {
      const [, script] = /^pnpm (\w+)/.exec(command) ?? []
      if (script !== undefined && script !== "install")
        expect(manifest.scripts).toHaveProperty(script)
    }
  })
})

it.each(workflows.filter(([, { on }]) => "pull_request" in on))(
  "%s, which a pull request from a fork may change, has no secrets and no right to write",
  (path, workflow) => {
    expect(read(path)).not.toContain("secrets")
    for (const { permissions } of Object.values(workflow.jobs)) {
      expect(Object.values(permissions ?? {})).not.toContain("write")
    }
  },
)

it("nothing that somebody else has written runs with rights of this repository", () => {
  const events = workflows.flatMap(([, { on }]) => Object.keys(on))
  expect(events).not.toContain("pull_request_target")
  expect(events).not.toContain("workflow_run")
})

describe.each(jobs.filter(([, { permissions }]) => permissions?.["id-token"] === "write"))(
  "the job %s, which publishes",
  (_name, job, workflow) => {
    it("comes after all tests", () => {
      expect(before(job, workflow).map(({ uses }) => uses)).toContain("./.github/workflows/ci.yml")
    })

    it("has its secrets from the environment that is for `main` alone", () => {
      expect(job.environment).toBe("release")
      expect(Object.keys(workflow.on)).toEqual(["push"])
      expect(workflow.on.push).toEqual({ branches: ["main"] })
    })
  },
)

it.each(files(".github/workflows/*.yml", ".github/actions/**/*.yml"))(
  "%s names the actions of others by their commit",
  (path) => {
    for (const [, action = ""] of read(path).matchAll(/uses: (.*)/g)) {
      if (!action.startsWith("./"))
        expect(action).toMatch(/^[\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/)
    }
  },
)

it("the oldest Node.js that is supported is tested, and each that has long support since", () => {
  const [, { jobs }] = workflows.find(([path]) => path.endsWith("/ci.yml"))!
  const { node = [] } = jobs.test?.strategy?.matrix ?? {}
  expect(`>=${node[0]}`).toBe(manifest.engines.node)
  const majors = node.map((version) => Number.parseInt(version, 10))
  expect(majors).toEqual(majors.map((_, i) => majors[0]! + 2 * i))
})

it("the lockfile knows what other systems need", () => {
  const { packages, snapshots } = parse(read("pnpm-lock.yaml")) as {
    packages: object
    snapshots: Record<string, { optionalDependencies?: Record<string, string> }>
  }
  const optional = Object.values(snapshots).flatMap(({ optionalDependencies = {} }) =>
    Object.entries(optionalDependencies).map(([name, version]) => `${name}@${version}`),
  )
  expect(optional.filter((name) => name.includes("win32"))).not.toEqual([])
  const present = Object.keys(packages)
  expect(optional.filter((name) => !present.includes(name.replace(/\(.*/, "")))).toEqual([])
})
