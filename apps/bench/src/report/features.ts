import { dataTable, type PageElement } from "@evictionary/report/page"
import type { FeaturePart, FeaturesReport, Worst } from "../features/command.ts"
import { featureMeanings } from "../features/features.ts"
import { integer, times } from "../numbers.ts"
import { origin } from "../page.ts"
import { workloads } from "../speed/workloads.ts"
import { contestants } from "./contestants.ts"
import type { Group, Part } from "./section.ts"
import { settingTable } from "./speed.ts"

/** Time per operation of caches that are made with more than a capacity. */
export function featuresPart({ parts, worst }: FeaturesReport): Part {
  const all = contestants(
    parts.flatMap(({ examined }) => examined),
    parts.flatMap(({ wrong }) => wrong),
  )
  const { rounds, workloads: names } = parts[0]!
  return {
    title: "Speed with features",
    lead: leading(worst),
    groups: [
      ...(worst.length > 0 ? [{ panels: [], tables: [worstTable(worst)] }] : []),
      ...parts.map(group),
    ],
    notes: [
      ["time", `of one operation on a full cache: ${origin(rounds)}`],
      ...names.map((name) => [name, `${workloads[name].meaning}.`] as const),
      ...all.notes.filter(([term]) => term !== "filled"),
    ],
  }
}

function leading(worst: readonly Worst[]): string {
  const led = worst.reduce((sum, { leads }) => sum + leads, 0)
  const contests = worst.reduce((sum, { contests }) => sum + contests, 0)
  const [least] = worst.toSorted((a, b) => a.ratio - b.ratio)
  if (least === undefined) return "Ours alone."
  return (
    `With one feature, or all, ours lead all rivals that have it in ${led} of ${contests} contests. ` +
    `The worst: ${least.feature}, ${least.contest}, ${times(least.ratio)} as fast as ${least.rival}.`
  )
}

function group(part: FeaturePart): Group {
  const { feature, capacities, keys, rows } = part
  const names = contestants(part.examined, part.wrong)
  return {
    title: `With ${feature}`,
    about: `${featureMeanings[feature]}.`,
    panels: [],
    tables: capacities.flatMap((capacity) =>
      keys.map((keys) => {
        const setting = { keys, capacity }
        const own = rows.filter((row) => row.keys === keys && row.capacity === capacity)
        return settingTable(part, setting, own, names)
      }),
    ),
  }
}

function worstTable(worst: readonly Worst[]): PageElement {
  return dataTable(
    "Ours at their worst, against the fastest rival that does the whole job",
    [
      { head: "" },
      { head: "ours lead in" },
      { head: "worst where", text: true },
      { head: "rival", text: true },
      { head: "rival ÷ ours" },
    ],
    worst.map(({ feature, leads, contests, contest, rival, ratio }) => [
      feature,
      `${integer(leads)} of ${integer(contests)}`,
      contest,
      rival,
      times(ratio),
    ]),
  )
}
