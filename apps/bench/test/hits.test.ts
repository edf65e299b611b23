import { join } from "node:path"
import { beforeAll, describe, expect, it } from "vitest"
import type { HitsReport } from "../src/hits/command.ts"
import { standingsOf } from "../src/hits/standings.ts"
import { run } from "../src/program.ts"
import { fakeHost, strategies } from "./host.ts"
import { folderOf, KEYS, TRACE } from "./traces.ts"

async function replayed(...args: string[]): Promise<HitsReport & { status: number }> {
  const host = fakeHost()
  const status = await run(["hits", ...args, "--json"], host)
  return { ...(JSON.parse(host.printed) as HitsReport), status }
}

/** LRU by an array, the last used key at its end. */
function lruHits(capacity: number): number {
  let recent: number[] = []
  let hits = 0
  for (const key of KEYS) {
    if (recent.includes(key)) hits++
    recent = [...recent.filter((each) => each !== key), key].slice(-capacity)
  }
  return hits
}

/** The most hits that any choice of victims has. */
function mostHits(capacity: number, keys = KEYS, resident: readonly number[] = []): number {
  const [key, ...rest] = keys
  if (key === undefined) return 0
  if (resident.includes(key)) return 1 + mostHits(capacity, rest, resident)
  if (resident.length < capacity) return mostHits(capacity, rest, [...resident, key])
  const kept = resident.map((victim) => [...resident.filter((each) => each !== victim), key])
  return Math.max(...kept.map((resident) => mostHits(capacity, rest, resident)))
}

const files = { "traces/a.txt.gz": TRACE, "traces/b.txt": TRACE, "traces/notes.md": "# Notes" }

describe("bench hits", () => {
  let little: HitsReport

  beforeAll(async () => {
    little = await replayed("--requests", "1000")
  })

  it("replays every strategy that evicts, and both bounds, on every workload", () => {
    const { traffics } = little
    const evicting = strategies.filter(({ neverEvicts }) => !neverEvicts)
    const names = [...evicting.map(({ strategyName }) => strategyName), "min", "unbounded"]
    expect(traffics.length).toBeGreaterThan(5)
    for (const { rows, capacities } of traffics) {
      expect(rows.map(({ strategy }) => strategy)).toEqual(names)
      for (const { hits } of rows) expect(hits).toHaveLength(capacities.length)
    }
  })

  it("no strategy has more hits than the best possible, and that no more than unbounded", () => {
    const { traffics } = little
    for (const { rows, capacities } of traffics) {
      const [min, unbounded] = rows.slice(-2).map(({ hits }) => hits)
      for (const i of capacities.keys()) {
        const most = Math.max(...rows.slice(0, -2).map(({ hits }) => hits[i]!))
        expect(most).toBeLessThanOrEqual(min![i]!)
        expect(min![i]).toBeLessThanOrEqual(unbounded![i]!)
      }
    }
  })

  it("counts the hits of the traces in a folder, at the capacities that are asked for", async () => {
    const folder = join(folderOf(files), "traces")
    const { traffics } = await replayed("--traces", folder, "--capacity", "1,2,3,5")
    expect(traffics.map(({ traffic }) => traffic)).toEqual(["a", "b"])
    expect(traffics[0]).toMatchObject({ requests: 12, uniqueKeys: 5, capacities: [1, 2, 3, 5] })
    const rows = Object.fromEntries(traffics[0]!.rows.map((row) => [row.strategy, row.hits]))
    expect(rows.lru).toEqual([1, 2, 3, 5].map(lruHits))
    expect(rows.min).toEqual([1, 2, 3, 5].map((capacity) => mostHits(capacity)))
    expect(rows.unbounded).toEqual([7, 7, 7, 7])
  })

  it("prints many capacities in several tables, within 80 columns", async () => {
    const host = fakeHost()
    const capacities = Array.from({ length: 23 }, (_, i) => 100_000 + i).join(",")
    await run(
      ["hits", "--traces", folderOf(files).concat("/traces"), "--capacity", capacities],
      host,
    )
    const lines = host.printed.split("\n")
    expect(lines.filter((line) => line.length > 80)).toEqual([])
    const cells = lines
      .filter((line) => line.startsWith("lru "))
      .join(" ")
      .match(/58\.3/g)
    expect(cells).toHaveLength(2 * 23)
  })

  it("a second column is the size, and no part of the key", async () => {
    const sized = KEYS.map((key, i) => `${key} ${100 + i}\n`).join("")
    const { traffics } = await replayed("--traces", folderOf({ "a.txt": sized }))
    expect(traffics[0]).toMatchObject({ requests: 12, uniqueKeys: 5 })
  })

  it("capacities are shares of the keys unless given", async () => {
    const { traffics } = await replayed("--requests", "10000", "--strategies", "lru")
    const { uniqueKeys, capacities } = traffics.find(({ traffic }) => traffic === "zipf")!
    expect(capacities).toEqual([0.01, 0.05, 0.2].map((share) => Math.round(share * uniqueKeys)))
  })

  it.each(["/nowhere/at/all", folderWithout()])(
    "--traces must be a folder with traces, not %s",
    async (folder) => {
      const host = fakeHost()
      expect(await run(["hits", "--traces", folder], host)).toBe(2)
      expect(host.complaints).toMatch(/^error: --traces must be a folder.*\n$/)
    },
  )
})

/** One in which nothing is a trace. */
function folderWithout(): string {
  return import.meta.dirname
}

const golden = (...rows: string[]) =>
  ["trace,strategy,capacity,requests,hits,witnesses", ...rows, ""].join("\n")

/** What LRU and the best possible have of trace a, and what is not to be compared. */
const rows = [
  `a,lru,3,12,${lruHits(3)},model`,
  `a,belady,2,12,${mostHits(2)},model`,
  "a,another,2,12,5,nobody",
  "c,lru,2,12,5,nobody",
]

describe("bench hits beside golden/hits.csv", () => {
  const checked = (...rows: string[]) => {
    const folder = folderOf({ ...files, "golden/hits.csv": golden(...rows) })
    return join(folder, "traces")
  }

  it("says how many hit counts were compared, and that all are equal", async () => {
    const { status, golden } = await replayed("--traces", checked(...rows))
    expect(status).toBe(0)
    expect(golden).toEqual({ rows: 4, compared: 2, different: [], left: { another: 1, lru: 1 } })
    const host = fakeHost()
    await run(["hits", "--traces", checked(...rows)], host)
    expect(host.printed.replaceAll("\n", " ")).toContain(
      "Of 4 hit counts of independent implementations, 2 were compared: all are equal to the " +
        "last hit. The others are of what was not replayed: 1 of another, 1 of lru.",
    )
  })

  it("replays at the capacities that are recorded there", async () => {
    const { traffics } = await replayed("--traces", checked(...rows))
    expect(traffics[0]!.capacities).toEqual([2, 3])
  })

  it.each([
    ["hit", `a,lru,3,12,${lruHits(3) + 1},model`],
    ["request", `a,lru,3,13,${lruHits(3)},model`],
  ])("fails when there is one %s more or less", async (_, wrong) => {
    const host = fakeHost()
    const folder = checked(wrong, ...rows.slice(1))
    expect(await run(["hits", "--traces", folder], host)).toBe(1)
    expect(host.complaints).toBe("error: 1 of 2 rows of golden/hits.csv differ\n")
    expect(host.printed).toMatch(/^lru on a, 3: 7 of 12 instead of \d of 1\d\.$/m)
    const report = await replayed("--traces", folder)
    expect(report.status).toBe(1)
    expect(report.golden).toMatchObject({ compared: 2, different: [{ strategy: "lru" }] })
  })

  it("compares lirs with a history without end, as that of its authors", async () => {
    const { golden, traffics } = await replayed("--traces", checked("a,lirs,2,12,4,authors"))
    expect(traffics[0]!.rows.map(({ strategy }) => strategy)).toContain("lirs ∞")
    expect(golden).toMatchObject({ compared: 1, left: {} })
  })
})

it("shares are of the hits of min, and only who hits, and most, is first", () => {
  const row = (strategy: string, ...hits: number[]) => ({ strategy, hits })
  const traffic = {
    traffic: "t",
    requests: 100,
    uniqueKeys: 10,
    capacities: [1, 2, 3, 4],
    rows: [row("a", 0, 40, 10, 0), row("b", 0, 20, 20, 0), row("min", 0, 80, 20, 10)],
  }
  const least = { share: 0, traffic: "t", capacity: 4 }
  expect(standingsOf([traffic])).toEqual([
    { strategy: "b", share: 1.25 / 3, least, first: 1, replays: 3 },
    { strategy: "a", share: 1 / 3, least, first: 1, replays: 3 },
  ])
})
