import type { Advice } from "./advise.ts"

/** Fewer recorded lookups are not worth an opinion. */
const FEW = 10_000

/** So much of a strategy's name is shown. */
const LONG = 24

/** Advice for people, in lines of at most 80 characters. */
export function summaryOf(advice: Omit<Advice, "toString">): string {
  const { present, lookups, samples, uniqueKeys, strategies } = advice
  const rows = strategies.map(({ strategy, hitRatio, sufficientCapacity, knee }) => [
    strategy.length > LONG ? `${strategy.slice(0, LONG - 1)}…` : strategy,
    percent(hitRatio),
    sufficientCapacity === undefined ? "none" : count(sufficientCapacity),
    knee === undefined ? "" : `${count(knee.capacity)} (${percent(knee.hitRatio)})`,
  ])
  const head = [
    "",
    `at ${count(present.capacity)}`,
    `room for ${percent(present.hitRatio)}`,
    "knee of the curve",
  ]
  return [
    `${present.strategy}, room for ${count(present.capacity)}: ${percent(present.hitRatio)} hits`,
    `in ${count(lookups)} lookups of about ${count(uniqueKeys)} keys; ${count(samples)} recorded`,
    ...(samples < FEW ? ["Too few to rely on: let it record for longer."] : []),
    "",
    ...aligned([head, ...rows]),
  ].join("\n")
}

/** In columns, the first to the left. */
function aligned(rows: readonly string[][]): string[] {
  const widths = rows[0]!.map((_, i) => Math.max(...rows.map((row) => row[i]!.length)))
  return rows.map((row) =>
    row
      .map((cell, i) => (i === 0 ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!)))
      .join("  ")
      .trimEnd(),
  )
}

function percent(ratio: number): string {
  return `${(100 * ratio).toFixed(1)}%`
}

function count(value: number): string {
  return value.toLocaleString("en-US")
}
