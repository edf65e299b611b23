import { seeded } from "../random.ts"
import type { Work } from "./rivals.ts"

/** Calls that are all cached: so many arguments, so many different calls, room for so many. */
export interface Calls {
  arity: 1 | 2
  live: number
  capacity: number
}

export const signatures = { 1: "f(int)", 2: "f(int, int)" } as const

const ROOM = [
  { live: 10, capacity: 128 },
  { live: 100, capacity: 128 },
  { live: 1_000, capacity: 1_024 },
  { live: 100_000, capacity: 131_072 },
]

export const callKinds: readonly Calls[] = ([1, 2] as const).flatMap((arity) =>
  ROOM.map((room) => ({ arity, ...room })),
)

/** How many calls there are in a pass: enough for the code around them not to show. */
export function lengthOf({ live }: Calls): number {
  return Math.max(16_384, live)
}

/** Goes through all calls once, and returns something that depends on each. */
export type Pass = () => number

/** What to memoize, and to call then. */
export interface Prepared {
  work: Work
  /** How often the body of `work` has run. */
  runs(): number
  pass(memoized: Work): Pass
  /** What a pass returns if every call has its own result. */
  expected(): number
}

/** `onRun` is called when the body of `work` runs. */
export function prepare(calls: Calls, onRun: () => void = () => {}): Prepared {
  const { arity } = calls
  const { first, second } = draw(calls)
  let runs = 0
  const one = (a: number): number => {
    runs++
    onRun()
    return result(a, 0)
  }
  const two = (a: number, b: number): number => {
    runs++
    onRun()
    return result(a, b)
  }
  return {
    work: arity === 1 ? one : two,
    runs: () => runs,
    pass: (f) =>
      arity === 1 ? passOfOne(f as unknown as typeof one, first) : passOfTwo(f, first, second),
    // Not by a pass over `work`, which would teach V8 that a pass calls various functions.
    expected: () =>
      first.reduce((sum, a, i) => sum + result(a, arity === 1 ? 0 : second[i]!), 0) | 0,
  }
}

/** Never 0, which some memoizers take for nothing. */
function result(a: number, b: number): number {
  return 31 * a + 7 * b + 1
}

/** Every call once, then calls at random. */
function draw(calls: Calls): { first: number[]; second: number[] } {
  const { arity, live } = calls
  const random = seeded(4)
  // Pairs in a rectangle, so that neither argument alone tells a call from another.
  const width = arity === 1 ? live : Math.ceil(Math.sqrt(live))
  const picked = Array.from({ length: lengthOf(calls) }, (_, i) =>
    i < live ? i : Math.floor(random() * live),
  )
  return {
    first: picked.map((call) => call % width),
    second: picked.map((call) => Math.floor(call / width)),
  }
}

function passOfOne(f: (a: number) => number, first: readonly number[]): Pass {
  return () => {
    let sum = 0
    for (let i = 0; i < first.length; i++) sum = (sum + f(first[i]!)) | 0
    return sum
  }
}

function passOfTwo(f: Work, first: readonly number[], second: readonly number[]): Pass {
  return () => {
    let sum = 0
    for (let i = 0; i < first.length; i++) sum = (sum + f(first[i]!, second[i]!)) | 0
    return sum
  }
}
