import { sample } from "../sampling.ts"
import { seeded } from "../speed/keys.ts"
import { type Memoizer, memoizeWith, type Work } from "./implementations.ts"

/** Calls that are all cached: so many arguments, so many different calls, room for so many. */
export interface Calls {
  name: string
  arity: 1 | 2
  live: number
  capacity: number
}

export const callKinds: readonly Calls[] = [
  { name: "f(int)", arity: 1, live: 100, capacity: 128 },
  { name: "f(int, int)", arity: 2, live: 70, capacity: 128 },
  { name: "f(int, int)", arity: 2, live: 1_000, capacity: 1_024 },
]

/** Calls in a pass: enough for the code around them not to show. */
const LENGTH = 16_384

/** Arguments by position in the pass. */
interface Arguments {
  first: number[]
  second: number[]
}

/** Checks a memoized function, then times a call of it that is a hit. */
export async function timeMemoized(question: {
  memoizer: Memoizer
  calls: Calls
}): Promise<{ ns: number; consumed: number }> {
  const { memoizer, calls } = question
  let runs = 0
  const work: Work = (a, b = 0) => {
    runs++
    return 31 * a + b
  }
  const memoized = await memoizeWith(memoizer, work, calls.capacity)
  const drawn = draw(calls)
  check(memoizer.name, calls, memoized, drawn)

  const warm = runs
  const pass = calls.arity === 1 ? passOfOne(memoized, drawn) : passOfTwo(memoized, drawn)
  const { ns, consumed } = sample((times) => {
    let sum = 0
    for (let i = 0; i < times; i++) sum = (sum + pass()) | 0
    return sum
  })
  if (runs > warm) throw new Error(`${memoizer.name} missed calls that it had room for`)
  return { ns: ns / LENGTH, consumed }
}

/** Every call once, then calls at random. */
function draw({ arity, live }: Calls): Arguments {
  const random = seeded(4)
  // Pairs in a rectangle, so that neither argument alone tells a call from another.
  const width = arity === 1 ? live : Math.ceil(Math.sqrt(live))
  const picked = Array.from({ length: LENGTH }, (_, i) =>
    i < live ? i : Math.floor(random() * live),
  )
  return {
    first: picked.map((call) => call % width),
    second: picked.map((call) => Math.floor(call / width)),
  }
}

function passOfOne(f: Work, { first }: Arguments): () => number {
  return () => {
    let sum = 0
    for (let i = 0; i < first.length; i++) sum = (sum + f(first[i]!)) | 0
    return sum
  }
}

function passOfTwo(f: Work, { first, second }: Arguments): () => number {
  return () => {
    let sum = 0
    for (let i = 0; i < first.length; i++) sum = (sum + f(first[i]!, second[i]!)) | 0
    return sum
  }
}

function check(name: string, { arity }: Calls, f: Work, { first, second }: Arguments): void {
  for (const [i, a] of first.entries()) {
    const b = second[i]!
    const result = arity === 1 ? f(a) : f(a, b)
    if (result !== 31 * a + b) throw new Error(`${name}: a call got the result of another`)
  }
}
