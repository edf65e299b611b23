import { type Memoizer, memoizeWith } from "./memoizers.ts"
import type { Work } from "./rivals.ts"

/** A function as a stranger may have it memoized: any arguments, any result. */
type Examined = (this: unknown, ...args: unknown[]) => unknown
type Memoize = (work: Examined) => Promise<Examined>

interface Examination {
  /** What a memoizer with this fault does, for the legend. */
  meaning: string
  shows(memoize: Memoize): Promise<boolean>
  /** The job is no smaller for it, so that its times may be compared with those of others. */
  venial?: true
}

const CAPACITY = 128

/** Where a memoizer may do less than remember a bounded number of calls, each with its result. */
export const memoizerFaults = {
  unbounded: {
    meaning: "forgets nothing",
    async shows(memoize) {
      const { work, runs } = counted((_) => 1)
      const memoized = await memoize(work)
      for (let i = 0; i < MANY; i++) memoized(i)
      for (let i = 0; i < CAPACITY; i++) memoized(i)
      return runs() === MANY
    },
  },
  first: {
    meaning: "looks at the first argument only",
    async shows(memoize) {
      const memoized = await memoize((a, b) => `${a} ${b}`)
      return memoized(1, 1) === memoized(1, 2)
    },
  },
  this: {
    meaning: "does not hand on this",
    venial: true,
    async shows(memoize) {
      const receiver = {}
      const memoized = await memoize(function (this: unknown, _) {
        return this === receiver
      })
      return memoized.call(receiver, 1) !== true
    },
  },
  merges: {
    meaning: 'takes f(1) and f("1") for the same call',
    async shows(memoize) {
      const memoized = await memoize((a) => typeof a)
      return memoized(1) === memoized("1")
    },
  },
  objects: {
    meaning: "tells objects apart by what is in them, or not at all",
    shows: async (memoize) => (await runsOf(memoize, [{ id: 1 }, { id: 1 }])) < 2,
  },
  nan: {
    meaning: "computes f(NaN) again each time",
    venial: true,
    shows: async (memoize) => (await runsOf(memoize, [Number.NaN, Number.NaN])) > 1,
  },
  falsy: {
    meaning: "computes a result again that is undefined or 0",
    venial: true,
    async shows(memoize) {
      for (const result of [undefined, 0]) {
        const { work, runs } = counted((_) => result)
        const memoized = await memoize(work)
        memoized(1)
        memoized(1)
        if (runs() > 1) return true
      }
      return false
    },
  },
} as const satisfies Record<string, Examination>

export type MemoizerFault = keyof typeof memoizerFaults

/** Many times what there is room for. */
const MANY = 5_000

/** Examines a memoizer, each time with a new function. */
export async function findMemoizerFaults(memoizer: Memoizer): Promise<MemoizerFault[]> {
  const memoize: Memoize = async (work) =>
    (await memoizeWith(memoizer, work as unknown as Work, CAPACITY)) as unknown as Examined
  const found: MemoizerFault[] = []
  for (const [name, { shows }] of Object.entries<Examination>(memoizerFaults)) {
    if (await shows(memoize)) found.push(name as MemoizerFault)
  }
  return found
}

/** It does all that ours do, so that it may be said to be faster or slower. */
export function doesTheWholeJob(found: readonly MemoizerFault[]): boolean {
  return found.every((name) => (memoizerFaults[name] as Examination).venial)
}

/** A function of one argument, because some memoizers go by `length`. */
function counted(compute: (a: unknown) => unknown): { work: Examined; runs(): number } {
  let runs = 0
  return {
    work: (a) => {
      runs++
      return compute(a)
    },
    runs: () => runs,
  }
}

async function runsOf(memoize: Memoize, args: readonly unknown[]): Promise<number> {
  const { work, runs } = counted((_) => 1)
  const memoized = await memoize(work)
  for (const a of args) memoized(a)
  return runs()
}
