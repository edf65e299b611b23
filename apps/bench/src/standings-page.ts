import type { Colors } from "picocolors/types.js"
import { times } from "./numbers.ts"
import { paragraph } from "./page.ts"
import type { Contest, Standing } from "./standings.ts"
import { type Column, table } from "./table.ts"

/** Ours against the rivals that do the whole job: the end of a page, if there are any. */
export function summary(
  contests: readonly Contest[],
  standings: readonly Standing[],
  colors: Colors,
): string {
  if (contests.length === 0) return ""
  return [
    colors.bold("Ours against the rivals that do the whole job"),
    contestsTable(contests, colors),
    standingsParagraphs(standings, colors),
  ].join("\n\n")
}

/** Who of ours and who of the rivals is best in each contest, and by how much. */
function contestsTable(contests: readonly Contest[], colors: Colors): string {
  const columns: Column[] = [
    { head: "", align: "left" },
    { head: "best of\nours", align: "left" },
    { head: "best\nrival", align: "left" },
    { head: "rival ÷\nours", align: "right" },
    { head: "our\nplace", align: "right" },
  ]
  const rows = contests.map(({ contest, ours, rival, place }) => {
    const paint = place === 1 ? colors.green : colors.yellow
    return [
      contest,
      ours.name,
      rival.name,
      paint(times(rival.value / ours.value)),
      paint(`${place}.`),
    ]
  })
  return table(columns, rows, colors)
}

/** A sentence for each of ours: how often it leads, and what leads it. */
function standingsParagraphs(standings: readonly Standing[], colors: Colors): string {
  return standings
    .map(({ name, contests, leads, behind }) => {
      const paint = leads === contests ? colors.green : colors.yellow
      const count = paint(`${leads} of ${contests}`)
      return paragraph(`${colors.bold(name)} leads in ${count}${losses(behind)}.`)
    })
    .join("\n")
}

/** So many are named, the others counted. */
const NAMED = 5

function losses(behind: Standing["behind"]): string {
  if (behind.length === 0) return ""
  const named = behind
    .slice(0, NAMED)
    .map(({ contest, rival, times: ratio }) => `${contest} (${rival} ${times(ratio)})`)
  const more = behind.length > NAMED ? `, and ${behind.length - NAMED} more` : ""
  return `; behind in ${named.join(", ")}${more}`
}
