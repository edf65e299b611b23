import type { Colors } from "picocolors/types.js"
import { type Marks, marks } from "../marks.ts"
import { bytes, integer } from "../numbers.ts"
import { legend, page, title } from "../page.ts"
import { summary } from "../standings-page.ts"
import { wordFor, wordsFor } from "../stores/examine.ts"
import { faults } from "../stores/faults.ts"
import { type Cell, type Column, table } from "../table.ts"
import { LARGE, type MemoryReport, type MemoryRow, type WeighedKeys } from "./command.ts"
import { TURNS } from "./weigh.ts"

export function memoryPage(report: MemoryReport, colors: Colors): string {
  const { keys, entries, machine, rows } = report
  const marked = marks(report.examined, faults)
  const columns: Column[] = [
    { head: "", align: "left" },
    { head: "empty", align: "right" },
    ...keys.flatMap((kind): Column[] => [
      { head: `${kind.replace(" ", "\n")}\nfull`, align: "right" },
      { head: "then", align: "right" },
    ]),
  ]
  return page(
    title(`Bytes per entry, ${integer(entries)} entries`, machine, colors),
    table(
      columns,
      rows.map((row) => cells(row, report, marked, colors)),
      colors,
    ),
    terms(report, marked, colors),
    summary(report.contests, report.standings, colors),
  )
}

function cells(row: MemoryRow, report: MemoryReport, marked: Marks, colors: Colors): Cell[] {
  const { implementation: name, empty } = row
  const letters = marked.of(name)
  return [
    colors.bold(name) + (letters === "" ? "" : ` ${colors.dim(letters)}`),
    bytes(empty),
    ...report.keys.flatMap((kind) => weights(row, kind, report, colors)),
  ]
}

function weights(
  { implementation: name, entries }: MemoryRow,
  kind: WeighedKeys,
  { wrong }: MemoryReport,
  colors: Colors,
): Cell[] {
  const weight = entries.find(({ keys }) => keys === kind)
  if (weight === undefined) return [colors.red(missing(wrong, name, kind)), ""]
  const { full, turned } = weight
  return [full.toFixed(1), turned === undefined ? colors.dim("–") : turned.toFixed(1)]
}

/** The word for a weight that is not there. */
export function missing(wrong: MemoryReport["wrong"], name: string, kind: WeighedKeys): string {
  const found = wrong.find(({ implementation, keys }) => implementation === name && keys === kind)
  return wordFor(found?.because)
}

function terms({ wrong }: MemoryReport, marked: Marks, colors: Colors): string {
  return legend(
    [
      ["empty", `in all, with a capacity of ${integer(LARGE)} and nothing in it`],
      ["full", "for each entry. Keys were there before, and all values are the same number."],
      [
        "then",
        `for each entry of the capacity, when ${TURNS} times as many keys have gone through it, ` +
          "every other one of them used twice: with what is remembered of those that left (ghosts)",
      ],
      ["–", "never evicts, so that no key goes"],
      ...wordsFor(wrong),
      ...marked.meanings,
    ],
    colors,
  )
}
