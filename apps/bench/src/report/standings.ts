import { dataTable, type PageElement } from "@evictionary/report/page"
import { times } from "../numbers.ts"
import type { Contest, Standing } from "../standings.ts"
import type { Group } from "./section.ts"

/** Where ours lead the rivals that do the whole job, in sentences. */
export function leading(contests: readonly Contest[], standings: readonly Standing[]): string {
  if (contests.length === 0) return "Ours alone."
  const led = contests.filter(({ place }) => place === 1).length
  const best = standings.toSorted((a, b) => b.leads - a.leads)[0]!
  const behind = contests
    .filter(({ place }) => place > 1)
    .map(
      ({ contest, rival, ours }) =>
        `${contest} (${rival.name}, ${times(ours.value / rival.value)})`,
    )
  return (
    `The best of ours leads all rivals that do the whole job in ${led} of ${contests.length} ` +
    `contests, ${best.name} alone in ${best.leads} of ${best.contests}.` +
    (behind.length === 0 ? "" : ` Behind: ${behind.join(", ")}.`)
  )
}

/** The best of ours and the best rival in each contest; nothing if there are none. */
export function contestsGroup(contests: readonly Contest[]): Group[] {
  if (contests.length === 0) return []
  return [{ title: "Ours against rivals", panels: [], tables: [contestsTable(contests)] }]
}

function contestsTable(contests: readonly Contest[]): PageElement {
  return dataTable(
    "The best of ours and the best rival that does the whole job",
    [
      { head: "" },
      { head: "best of ours", text: true },
      { head: "best rival", text: true },
      { head: "rival ÷ ours" },
      { head: "our place" },
    ],
    contests.map(({ contest, ours, rival, place }) => [
      contest,
      ours.name,
      rival.name,
      times(rival.value / ours.value),
      `${place}.`,
    ]),
  )
}
