import type { Colors } from "picocolors/types.js"
import { type Marks, marks } from "../marks.ts"
import { times } from "../numbers.ts"
import { legend, page, paragraph, title } from "../page.ts"
import { speedTable, terms, titleOf } from "../speed/page.ts"
import { faults } from "../stores/faults.ts"
import { type Column, table } from "../table.ts"
import type { FeaturePart, FeaturesReport, Worst } from "./command.ts"
import { featureMeanings } from "./features.ts"

/** A table for each feature, and what is worst in each of them. */
export function featuresPage(report: FeaturesReport, colors: Colors): string {
  const { machine, parts, worst } = report
  const marked = featureMarks(parts)
  const all: FeaturePart = {
    ...parts[0]!,
    rows: parts.flatMap(({ rows }) => rows),
    wrong: parts.flatMap(({ wrong }) => wrong),
  }
  return page(
    title(titleOf(all), machine, colors),
    ...parts.flatMap((part) => [
      paragraph(`${colors.bold(`With ${part.feature}`)}: ${featureMeanings[part.feature]}`),
      speedTable(part, marked.within(part), colors),
    ]),
    terms(all, marked.meanings, colors),
    worstTable(worst, colors),
  )
}

/** The same letter means the same in every table, though not everybody has it in each. */
export function featureMarks(parts: readonly FeaturePart[]): {
  within(part: FeaturePart): Marks
  meanings: Marks["meanings"]
} {
  const named = (part: FeaturePart, name: string) => `${part.feature}, ${name}`
  const all = marks(
    parts.flatMap((part) =>
      part.examined.map(({ name, faults }) => ({ name: named(part, name), faults })),
    ),
    faults,
  )
  return {
    within: (part) => ({ of: (name) => all.of(named(part, name)), meanings: all.meanings }),
    meanings: all.meanings,
  }
}

function worstTable(worst: readonly Worst[], colors: Colors): string {
  if (worst.length === 0) return ""
  const columns: Column[] = [
    { head: "with", align: "left" },
    { head: "ours\nlead in", align: "right" },
    { head: "worst\nwhere", align: "left" },
    { head: "\nrival", align: "left" },
    { head: "rival ÷\nours", align: "right" },
  ]
  const rows = worst.map(({ feature, leads, contests, contest, rival, ratio }) => [
    colors.bold(feature),
    `${leads} of ${contests}`,
    contest,
    rival,
    (ratio < 1 ? colors.yellow : colors.green)(times(ratio)),
  ])
  return [
    colors.bold("Ours at their worst, against the fastest rival that does the whole job"),
    table(columns, rows, colors),
    legend(
      [["rival ÷ ours", "time of the rival ÷ time of ours: above 1, ours are faster"]],
      colors,
    ),
  ].join("\n\n")
}
