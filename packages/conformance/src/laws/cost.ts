import { deep, ensure, type Law } from "../law.ts"
import { measure, type Workload } from "../steps.ts"
import type { AnyStrategy } from "../subject.ts"

/** Between these two capacities the steps of an operation may triple: a heap is logarithmic. */
const SMALL = 32
const LARGE = 512
const MOST = 3

/** The most steps of an operation that is O(1), whatever the constant. */
const CONSTANT = 100
const CAPACITIES = deep ? [600, 5_000, 50_000] : [600, 5_000]

/** Milliseconds that all of it may take, on a machine that has much else to do. */
const PATIENCE = deep ? 120_000 : 20_000

/** Requests for the keys from `from` up to, but not including, `to`. */
function span(request: (key: number) => void, from: number, to: number, times = 1): void {
  for (let key = from; key < to; key++) {
    for (let time = 0; time < times; time++) request(key)
  }
}

/** What asks the most of a policy that looks for something. */
const WORKLOADS: Readonly<Record<string, Workload>> = {
  "new keys only": (c, { request }) => span(request, 0, 8 * c),

  "loops over more keys than fit": (c, { request }) => {
    for (const length of [c + 1, 1.5 * c, 2 * c, 3 * c]) {
      for (let round = 0; round < 4; round++) span(request, 0, length)
    }
  },

  // Marks that a hand has to clear, credit that has to be spent, everything promoted.
  "new keys after hits on all entries": (c, { request }) => {
    for (let round = 0; round < 12; round++) {
      for (let time = 0; time <= round % 5; time++) span(request, round * c, (round + 1) * c)
      span(request, (round + 1) * c, (round + 1.5) * c)
    }
  },

  "as many uses as there are entries, and so many numbers of them": (c, { request }) => {
    for (let key = 0; key < c; key++) span(request, key, key + 1, 1 + key / 8)
    for (let round = 0; round < 4; round++) span(request, 0, c)
    span(request, c, 2 * c, 2)
  },

  // Long runs of ghosts between uses of what is kept.
  "scans between uses of old entries": (c, { request }) => {
    for (let round = 0; round < 3; round++) {
      span(request, 0, c / 2, 2)
      span(request, (10 * round + 1) * c, (10 * round + 11) * c)
      for (let key = c / 2; key > 0; key--) request(key - 1)
    }
  },

  // Both kinds of ghosts come back, many of one kind and then many of the other.
  "keys that come back, used once or twice before": (c, { request }) => {
    for (let round = 0; round < 4; round++) {
      span(request, 0, c, 2)
      for (let turn = 0; turn < 4; turn++) span(request, c, 2.25 * c)
      span(request, 0, c)
      span(request, 3 * c, 4.5 * c, 2)
    }
  },

  "deletions, from the oldest, from the youngest and between": (c, use) => {
    for (let round = 0; round < 4; round++) {
      span(use.request, 0, 1.5 * c)
      span(use.delete, c / 2, c)
      span(use.request, c / 4, 1.25 * c)
      for (let key = 1.5 * c; key > 0; key--) use.delete(key)
      span(use.request, 0, 2 * c, 2)
      for (let key = 0; key < 2 * c; key += 2) use.delete(key)
    }
  },

  "new bounds, smaller and larger": (c, { request, resize }) => {
    span(request, 0, 2 * c, 2)
    for (const capacity of [c / 2, c, c / 4, c]) {
      resize(capacity)
      span(request, c, 3 * c)
      span(request, c, 1.5 * c, 2)
    }
  },

  // Long enough for what learns from hit ratios to learn, and to learn that it was wrong.
  "phases of recent and of popular keys": (c, { request }) => {
    for (let phase = 0; phase < 4; phase++) {
      for (let n = 0; n < 15 * c; n++) {
        const draw = ((n * 7_919) % 4_001) / 4_001
        if (phase % 2 === 0) request(n - Math.floor((n % 2) * draw * 0.5 * c))
        else request(Math.floor(-4 * c * draw * draw))
      }
    }
  },
}

/** The steps of an operation, in the mean. */
function stepsOf(strategy: AnyStrategy, capacity: number, workload: Workload): number {
  const { steps, operations } = measure(strategy, capacity, workload)
  return steps / operations
}

export const cost: readonly Law[] = [
  {
    chapter: "Cost",
    title: "an operation takes no more steps, in the mean, because there are more entries",
    slow: PATIENCE,
    check(strategy) {
      for (const [name, workload] of Object.entries(WORKLOADS)) {
        const few = stepsOf(strategy, SMALL, workload)
        const many = stepsOf(strategy, LARGE, workload)
        const steps = `${few.toFixed(1)} with ${SMALL} entries, ${many.toFixed(1)} with ${LARGE}`
        ensure(many <= MOST * few, `steps for an operation, on ${name}: ${steps}`)
      }
    },
  },
]

/** Whatever a policy may have put off, for an operation to come that has to make up for it. */
const allKinds: Workload = (c, { request, delete: remove, resize }) => {
  span(request, 0, c, 3)
  span(request, c, 2 * c)
  span(request, c / 2, 2.5 * c)
  for (let key = 2 * c; key > c; key -= 2) remove(key)
  span(request, 0, 2 * c)
  for (const capacity of [c / 2, c, 2 * c]) {
    resize(capacity)
    span(request, c, 2 * c, 2)
    span(request, 3 * c, 4 * c)
  }
}

/** For strategies of which it is expected. */
export const constant: Law = {
  chapter: "Cost",
  title: "no operation but a new bound takes more than a few steps, however many entries there are",
  slow: PATIENCE,
  check(strategy) {
    for (const capacity of CAPACITIES) {
      const { most } = measure(strategy, capacity, allKinds)
      ensure(most <= CONSTANT, `${most} steps for one operation, with ${capacity} entries`)
    }
  },
}
