import { lru } from "@evictionary/lru"
import { type Tier, type TieredCache, tiered } from "@evictionary/tiered"
import {
  type MemorySpace,
  type MemoryStep,
  MemoryTier,
  quiet,
  type SpaceTerms,
  VirtualClock,
} from "@evictionary/tiered/memory"

/** Something that may happen next. Steps at different places do not depend on each other. */
interface Step {
  readonly label: string
  readonly place: string
  go(): void
}

/** What a loader gives: a version of the truth, and which load it was. */
export interface Version {
  readonly version: number
  readonly load: string
}

/** Two processes, a tier, and the truth that the cache is to keep up with. */
export interface World {
  readonly a: TieredCache<string, Version>
  readonly b: TieredCache<string, Version>
  /** Loads the truth: reading it and being done with it are steps. */
  load(process: "A" | "B"): () => Promise<Version>
  /** The truth changes; then, as another step, `tell` says so to the cache. */
  change(process: "A" | "B", tell: (truth: Version) => unknown): Promise<void>
  /** Begins something, as a step of a process. */
  begin(process: "A" | "B", act: () => unknown): Promise<void>
  /** What is wrong, if something is seen on the way. */
  readonly faults: string[]
}

export interface Scenario {
  /** Done before, without steps. */
  readonly first?: (world: World) => Promise<unknown>
  readonly play: (world: World) => unknown
  /** Whether the second tier may end up with a value though the truth was deleted: only `set`s. */
  readonly lease?: boolean
}

/** Where the processes meet. */
export interface Place {
  readonly tier: Tier
  /** Its name, of which nobody has heard before. */
  readonly namespace: string
  /** Until all is done that the steps so far have led to. */
  settle(): Promise<unknown>
  end(): void
}

/** Makes a place whose steps wait for `gate`. */
export type MakePlace = (gate: (step: MemoryStep) => Promise<void> | undefined) => Promise<Place>

/** A tier in memory. */
const inMemory =
  (space: ((terms: SpaceTerms) => MemorySpace) | undefined): MakePlace =>
  async (gate) => ({
    tier: new MemoryTier({ clock: new VirtualClock(), gate, space }),
    namespace: "explored",
    settle: quiet,
    end() {},
  })

export interface Exploration {
  readonly schedules: number
  /** Whether all there are were tried. */
  readonly exhausted: boolean
  /** A schedule with which something is wrong, and what. */
  readonly violation: { readonly faults: string[]; readonly trail: string[] } | undefined
}

interface Branch {
  readonly prefix: readonly string[]
  readonly sleep: readonly Step[]
}

const independent = (one: Step, other: Step) => one.place !== other.place

/**
 * Tries every order in which the steps of a scenario can happen: when a question takes effect, is
 * answered, a message is heard, a load reads the truth and ends. Of orders that differ only in steps
 * that do not depend on each other, one is tried (Godefroid's sleep sets).
 */
export async function explore(
  scenario: Scenario,
  limit: number,
  space?: (terms: SpaceTerms) => MemorySpace,
  make: MakePlace = inMemory(space),
): Promise<Exploration> {
  const branches: Branch[] = [{ prefix: [], sleep: [] }]
  let schedules = 0
  while (branches.length > 0) {
    if (schedules === limit) return { schedules, exhausted: false, violation: undefined }
    const run = new Run(scenario)
    const faults = await run.follow(branches.pop()!, branches, make)
    if (faults === undefined) continue
    schedules++
    const { trail } = run
    if (faults.length > 0) return { schedules, exhausted: false, violation: { faults, trail } }
  }
  return { schedules, exhausted: true, violation: undefined }
}

/** One order of steps. */
class Run {
  readonly trail: string[] = []
  private readonly scenario: Scenario
  private readonly processes: Map<string, string>
  private readonly counts: Map<string, number>
  private ready: Step[]
  private isFree: boolean
  private truth: Version

  constructor(scenario: Scenario) {
    this.scenario = scenario
    this.processes = new Map()
    this.counts = new Map()
    this.ready = []
    this.isFree = true
    this.truth = { version: 1, load: "" }
  }

  private worldIn({ tier, namespace }: Place): World {
    const make = () =>
      tiered<string, Version>({
        l1: { strategy: lru, capacity: 10 },
        l2: tier,
        namespace,
        ttl: 60_000,
        clock: new VirtualClock(),
        lease: this.scenario.lease,
      })
    return {
      a: make(),
      b: make(),
      faults: [],
      load: (process) => async () => {
        await this.step(`${process} reads the truth`, "truth")
        const { version } = this.truth
        await this.step(`${process} has loaded`, process)
        return { version, load: `${process}${this.count(`${process} loads`)}` }
      },
      change: async (process, tell) => {
        await this.step(`${process} changes the truth`, "truth")
        this.truth = { version: this.truth.version + 1, load: `${process} sets` }
        const { truth } = this
        await this.step(`${process} tells`, process)
        await tell(truth)
      },
      begin: async (process, act) => {
        await this.step(`${process} begins`, process)
        await act()
      },
    }
  }

  /** What is wrong in the end, or nothing at all if it was an order that need not be tried. */
  async follow(branch: Branch, branches: Branch[], make: MakePlace): Promise<string[] | undefined> {
    const place = await make((step) => this.gate(step))
    const world = this.worldIn(place)
    try {
      return await this.play(branch, branches, place, world)
    } finally {
      this.isFree = true
      for (const { go } of this.ready) go()
      await Promise.all([world.a.close(), world.b.close()])
      place.end()
    }
  }

  private async play(
    branch: Branch,
    branches: Branch[],
    { settle }: Place,
    world: World,
  ): Promise<string[] | undefined> {
    const { scenario, trail } = this
    while (world.a.state !== "linked" || world.b.state !== "linked") await quiet()
    await scenario.first?.(world)
    await settle()
    this.isFree = false
    scenario.play(world)
    let { sleep } = branch
    for (;;) {
      await settle()
      const ready = this.ready.sort((one, other) => (one.label < other.label ? -1 : 1))
      if (ready.length === 0) break
      let chosen: Step | undefined
      const planned = branch.prefix[trail.length]
      if (planned !== undefined) {
        chosen = ready.find(({ label }) => label === planned)
        if (!chosen) throw new Error(`not the same twice: ${planned} after ${trail.join(", ")}`)
      } else {
        const candidates = ready.filter(({ label }) => !sleep.some((each) => each.label === label))
        chosen = candidates[0]
        if (!chosen) return undefined
        for (const [n, other] of candidates.entries()) {
          if (n === 0) continue
          const known = [...sleep, ...candidates.slice(0, n)]
          branches.push({
            prefix: [...trail, other.label],
            sleep: known.filter((each) => independent(each, other)),
          })
        }
        const taken = chosen
        sleep = sleep.filter((each) => independent(each, taken))
      }
      this.ready = ready.filter((each) => each !== chosen)
      trail.push(chosen.label)
      chosen.go()
    }
    return this.judged(world)
  }

  /** Nothing that is kept anywhere is older than the truth, and all that is kept is the same. */
  private async judged(world: World): Promise<string[]> {
    const { truth } = this
    this.isFree = true
    const local = [world.a, world.b].map((each) => each.cache.peek("k")?.value)
    const found = await Promise.all([world.a.get("k"), world.b.get("k")])
    const faults = [...world.faults]
    for (const each of found) {
      if (each && each.version !== truth.version) faults.push(`${each.version} is out of date`)
    }
    const kept = new Set(local.flatMap((each) => (each ? [each.load] : [])))
    if (kept.size > 1) faults.push(`they hold ${[...kept].join(" and ")}`)
    return faults
  }

  private gate({ kind, origin }: MemoryStep): Promise<void> | undefined {
    if (kind === "connect" && !this.processes.has(origin)) {
      this.processes.set(origin, this.processes.size === 0 ? "A" : "B")
    }
    if (this.isFree) return undefined
    const process = this.processes.get(origin)!
    return this.step(`${process} ${kind}`, kind === "execute" ? "tier" : process)
  }

  private step(what: string, place: string): Promise<void> {
    return new Promise((resolve) => {
      this.ready.push({ label: `${what} ${this.count(what)}`, place, go: resolve })
    })
  }

  private count(what: string): number {
    const count = (this.counts.get(what) ?? 0) + 1
    this.counts.set(what, count)
    return count
  }
}
