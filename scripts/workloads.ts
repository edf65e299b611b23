/** Requests in each workload. */
const LENGTH = 6_000

/** Integers from 0 up to, but not including, `below`. */
type Draw = (below: number) => number

/**
 * Made-up traces, the same everywhere and for ever: integers, and nothing of `Math` that may differ
 * in its last bit.
 */
export const workloads: Readonly<Record<string, () => number[]>> = {
  uniform: () => requests((draw) => draw(300)),

  zipf: () => {
    const rank = zipf(2_000)
    return requests(rank)
  },

  loop: () => requests((_, n) => n % 120),

  "loops of growing length": () => {
    const keys: number[] = []
    for (let length = 8; keys.length < LENGTH; length += 9) {
      for (let round = 0; round < 4; round++) keys.push(...span(0, length))
    }
    return keys.slice(0, LENGTH)
  },

  "forth and back": () => requests((_, n) => Math.abs((n % 300) - 150)),

  "scans amid zipf": () => {
    const rank = zipf(500)
    return requests((draw, n) => (n % 500 < 150 ? 10_000 + n : rank(draw)))
  },

  "a hot set that moves": () =>
    requests((draw, n) =>
      draw(5) === 0 ? draw(5_000) : 10_000 + 40 * Math.floor(n / 700) + draw(70),
    ),

  "two pools in turn": () => requests((draw, n) => (n % 2 === 0 ? draw(50) : 1_000 + draw(4_000))),

  "once more soon": () =>
    requests((draw, n) => (n % 2 === 0 ? n : Math.max(n - 1 - 2 * draw(40), 0))),

  "popular for a while": () => {
    const rank = zipf(300)
    return requests((draw, n) => 1_000 * Math.floor(n / 2_000) + rank(draw))
  },

  "hits in bursts": () => requests((draw, n) => (draw(4) === 0 ? draw(200) : Math.floor(n / 6))),
}

function requests(key: (draw: Draw, n: number) => number): number[] {
  const draw = drawing()
  return Array.from({ length: LENGTH }, (_, n) => key(draw, n))
}

/** The minimal standard generator of Park and Miller, of which the lowest bits are left out. */
function drawing(): Draw {
  let state = 20_260_101
  return (below) => {
    state = (state * 48_271) % 2_147_483_647
    return Math.floor(state / 128) % below
  }
}

/** Draws the key n, from 0, in proportion to 1 / (n + 1). */
function zipf(keys: number): (draw: Draw) => number {
  const sums: number[] = []
  for (const key of span(0, keys)) sums.push((sums.at(-1) ?? 0) + 1 / (key + 1))
  const total = sums.at(-1) as number
  return (draw) => {
    const point = (draw(2 ** 23) / 2 ** 23) * total
    return sums.findIndex((sum) => sum > point)
  }
}

function span(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, n) => from + n)
}
