import type { Colors } from "picocolors/types.js"
import { count, duration, integer } from "../numbers.ts"
import { legend, page } from "../page.ts"
import { type Column, table } from "../table.ts"
import type { SoakReport, SoakRow } from "./command.ts"

const COLUMNS: Column[] = [
  { head: "", align: "left" },
  { head: "laws", align: "right" },
  { head: "broken", align: "right" },
  { head: "operations", align: "right" },
  { head: "time", align: "right" },
]

export function soakPage({ runs, seed, passes, rows }: SoakReport, colors: Colors): string {
  const body = rows.map(({ strategy, laws, operations, seconds, broken }) => [
    colors.bold(strategy),
    integer(laws),
    broken.length === 0 ? colors.green("0") : colors.red(integer(broken.length)),
    count(operations),
    duration(seconds * 1e9),
  ])
  const failures = rows.flatMap(({ strategy, broken }) =>
    broken.map(({ law, message, seed }) => {
      const title = `'${law.replaceAll("'", "'\\''")}'`
      const again = `soak --runs ${runs} --seed ${seed} --strategy ${strategy} --law ${title}`
      return `${message}\n\n${colors.dim("or")} npx -y pnpm@10.34.9 ${again}`
    }),
  )
  const sum = (of: (row: SoakRow) => number) => rows.reduce((total, row) => total + of(row), 0)
  const total = [
    `passes ${integer(passes)}`,
    `strategies ${integer(rows.length)}`,
    `examples ${count(sum((row) => row.examples))}`,
    `operations ${count(sum((row) => row.operations))}`,
    `broken laws ${integer(sum((row) => row.broken.length))}`,
  ]
  return page(
    colors.bold(`Every law on ${integer(runs)} random examples`),
    table(COLUMNS, body, colors),
    legend([["seed", String(seed)]], colors),
    ...failures,
    total.join(", "),
  )
}
