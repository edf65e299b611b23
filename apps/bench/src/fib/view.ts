import type { Colors } from "picocolors/types.js"
import type { Host } from "../host.ts"
import { count, integer } from "../numbers.ts"
import { fitted, title, WIDTH } from "../page.ts"
import { type Column, growingTable } from "../table.ts"
import { type FibView, LITTLE_ROOM } from "./command.ts"
import type { FibOptions } from "./contenders.ts"
import { expectedFib } from "./functions.ts"
import { comparison } from "./page.ts"

const { capacities, limit } = LITTLE_ROOM

/** Of a count in the table: `9,999` or `999K`. */
const WIDEST_COUNT = 5

const GAP = 2

const LONGEST_NAME = WIDTH - capacities.length * (GAP + WIDEST_COUNT)

/**
 * Prints the first part of the page, each row as soon as it is counted; what is known of the times
 * stands on a terminal until the second part is complete.
 */
export function fibView({ n, strategies }: FibOptions, host: Host): FibView {
  const { colors } = host
  const columns: Column[] = [
    { head: "capacity", align: "left" },
    ...capacities.map((capacity): Column => ({ head: `${capacity}`, align: "right" })),
  ]
  const names = ["capacity", ...strategies.map(({ strategyName }) => strategyName)]
  const first = Math.min(LONGEST_NAME, Math.max(...names.map(({ length }) => length)))
  const widths = [first, ...capacities.map(() => WIDEST_COUNT)]
  const { head, row } = growingTable(columns, widths, colors)
  const room = `Body calls of fib(${n}) with little room (counting ends at ${count(limit)})`
  host.out(`\n${title(`fib(${n}) = ${integer(expectedFib(n))}`, host.machine, colors)}`)
  host.out(`\n${colors.bold(room)}\n\n${head}`)
  return {
    counted(name, calls) {
      const content = `${integer(calls)} ${colors.dim("at any capacity")}`
      host.out(row([fitted(name, first), { content, colSpan: capacities.length, hAlign: "left" }]))
    },
    swept({ strategy, calls }) {
      const cells = calls.map((each) => colored(each, n, colors))
      host.out(row([colors.bold(fitted(strategy, first)), ...cells]))
    },
    // So that the times stand where the second part will have them.
    ended: () => host.out(""),
    sketch: (rows) => comparison(rows, "Python", colors),
  }
}

function colored(calls: number | null, n: number, colors: Colors): string {
  if (calls === null) return colors.red(`>${count(limit)}`)
  return calls === n + 1 ? colors.green(count(calls)) : colors.yellow(count(calls))
}
