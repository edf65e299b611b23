import { dataTable, dots, type PageElement } from "@evictionary/report/page"
import { LARGE, type MemoryReport, type WeighedKeys } from "../memory/command.ts"
import { missing } from "../memory/page.ts"
import { TURNS } from "../memory/weigh.ts"
import { bytes, integer } from "../numbers.ts"
import { type Contestants, contestants } from "./contestants.ts"
import type { Part } from "./section.ts"
import { contestsGroup, leading } from "./standings.ts"

/** Bytes per entry and of an empty cache, against other caches. */
export function memoryPart(report: MemoryReport): Part {
  const { keys, entries, contests, wrong } = report
  const names = contestants(report.examined, wrong)
  return {
    title: "Memory",
    lead: leading(contests, report.standings),
    groups: [
      {
        panels: [
          ...keys.map((kind) => entriesPanel(report, kind, names)),
          emptyPanel(report, names),
        ],
        tables: [weightsTable(report, names)],
      },
      ...contestsGroup(contests),
    ],
    notes: [
      [
        "dot",
        `bytes for each of ${integer(entries)} entries of a cache that has just become full. Keys were there before, and all values are the same number.`,
      ],
      [
        "tick",
        `the same when ${TURNS} times as many keys have gone through it: with what is remembered of those that left.`,
      ],
      ["empty", `bytes in all, with a capacity of ${integer(LARGE)} and nothing in it.`],
      ...names.notes,
    ],
  }
}

function entriesPanel({ rows }: MemoryReport, kind: WeighedKeys, names: Contestants): PageElement {
  const all = rows
    .flatMap(({ implementation, entries }) =>
      entries
        .filter(({ keys }) => keys === kind)
        .map(({ full, turned }) => ({
          ...names.dotOf(implementation),
          value: full,
          text: full.toFixed(1),
          ...(turned !== undefined && { later: turned }),
        })),
    )
    .sort((a, b) => a.value - b.value)
  const title = `Bytes per entry, ${kind} keys`
  const description = all.length === 0 ? "" : `${all[0]!.name} is the smallest.`
  return dots({ title, description }, all, { label: "bytes", format: String })
}

function emptyPanel({ rows }: MemoryReport, names: Contestants): PageElement {
  const all = rows
    .map(({ implementation, empty }) => ({
      ...names.dotOf(implementation),
      value: Math.max(1, empty),
      text: bytes(empty),
    }))
    .sort((a, b) => a.value - b.value)
  const title = `Empty, capacity ${integer(LARGE)}`
  const description = `${all[0]!.name} is the smallest.`
  return dots({ title, description }, all, {
    label: "bytes, logarithmic",
    format: (count) => bytes(count).replace(/\.0+(?= )/, ""),
    log: true,
  })
}

function weightsTable({ keys, rows, wrong }: MemoryReport, names: Contestants): PageElement {
  return dataTable(
    "Bytes of an empty cache, and for each entry when it is full and then",
    [
      { head: "" },
      { head: "empty" },
      ...keys.flatMap((kind) => [{ head: `${kind} full` }, { head: "then" }]),
    ],
    rows.map(({ implementation, empty, entries }) => [
      names.nameOf(implementation),
      bytes(empty),
      ...keys.flatMap((kind) => {
        const own = entries.find(({ keys }) => keys === kind)
        return own === undefined
          ? [missing(wrong, implementation, kind), ""]
          : [own.full.toFixed(1), own.turned?.toFixed(1) ?? "–"]
      }),
    ]),
  )
}
