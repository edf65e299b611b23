import { dataTable, dots, type PageElement } from "@evictionary/report/page"
import { integer, nanoseconds, percent, plusMinus, times } from "../numbers.ts"
import { origin } from "../page.ts"
import { spread } from "../rounds.ts"
import { BASE, type SpeedReport, type SpeedRow } from "../speed/command.ts"
import { type WorkloadName, workloads } from "../speed/workloads.ts"
import { type Setting, wordFor } from "../stores/examine.ts"
import { keyMeanings } from "../stores/keys.ts"
import { type Contestants, contestants } from "./contestants.ts"
import type { Group, Part } from "./section.ts"
import { contestsGroup, leading } from "./standings.ts"

/** Time per operation, against other caches. */
export function speedPart(report: SpeedReport): Part {
  const { capacities, keys, rounds, contests, wrong } = report
  const names = contestants(report.examined, wrong)
  const groups = capacities.flatMap((capacity) =>
    keys.map((keys) => settingGroup(report, { keys, capacity }, names)),
  )
  return {
    title: "Speed",
    lead: leading(contests, report.standings),
    groups: [...groups, ...contestsGroup(contests)],
    notes: [
      ["time", `of one operation on a full cache: ${origin(rounds)}`],
      ["×", `the time of ${BASE} ÷ that of the implementation: to the left is faster.`],
      ["line", `the time of ${BASE}.`],
      ["grey bar", "from the lower to the upper quartile of the rounds."],
      ...report.workloads.map((name) => [name, `${workloads[name].meaning}.`] as const),
      ...names.notes,
    ],
  }
}

function settingGroup(report: SpeedReport, setting: Setting, names: Contestants): Group {
  const rows = report.rows.filter(
    ({ keys, capacity }) => keys === setting.keys && capacity === setting.capacity,
  )
  return {
    title: `Keys: ${setting.keys}; capacity ${integer(setting.capacity)}`,
    about: `${keyMeanings[setting.keys]}.`,
    panels: report.workloads
      .map((workload) => rows.filter((row) => row.workload === workload))
      .filter((own) => own.length > 0)
      .map((own) => workloadPanel(own, names)),
    tables: [settingTable(report, setting, rows, names)],
  }
}

function workloadPanel(rows: readonly SpeedRow[], names: Contestants): PageElement {
  const sorted = rows.toSorted((a, b) => a.time.median - b.time.median)
  const base = rows.find(({ implementation }) => implementation === BASE)?.time.median
  const hits = [
    ...new Set(
      rows
        .map(({ hitRatio }) => hitRatio)
        .sort((a, b) => a - b)
        .map(percent),
    ),
  ]
  const all = sorted.map(({ implementation: name, time, timesAsFast }) => ({
    ...names.dotOf(name),
    value: time.median,
    between: time.quartiles,
    text: timesAsFast === undefined ? nanoseconds(time.median) : times(timesAsFast),
  }))
  const { workload, keys } = rows[0]!
  const span = hits.length > 1 ? `${hits[0]} to ${hits.at(-1)}` : hits[0]
  const title = `${workload}, ${span} hits`
  const description = `Times of ${workload} with ${keys} keys; ${all[0]!.name} is the fastest.`
  return dots({ title, description }, all, {
    label: "nanoseconds, logarithmic",
    format: (ns) => `${ns}`,
    log: true,
    ...(base !== undefined && { line: base }),
  })
}

/** The numbers of everybody with keys of one kind, and one capacity. */
export function settingTable(
  { workloads, examined, wrong }: SpeedReport,
  { keys, capacity }: Setting,
  rows: readonly SpeedRow[],
  names: Contestants,
): PageElement {
  const cells = (name: string, workload: WorkloadName) => {
    const row = rows.find((row) => row.implementation === name && row.workload === workload)
    if (row !== undefined) {
      const ratio = row.timesAsFast === undefined ? "–" : times(row.timesAsFast)
      return [nanoseconds(row.time.median), plusMinus(spread(row.time)), ratio]
    }
    const found = wrong.find(
      (each) => each.implementation === name && each.keys === keys && each.capacity === capacity,
    )
    return [found === undefined ? "–" : wordFor(found.because), "", ""]
  }
  const hitRatio = (name: string) => {
    const row = rows.find(
      ({ implementation, workload }) => implementation === name && workload === "zipf",
    )
    return row === undefined ? "–" : percent(row.hitRatio)
  }
  const zipf = workloads.includes("zipf")
  return dataTable(
    `Nanoseconds per operation, half the interquartile range, and times as fast as ${BASE}: ${keys}, capacity ${integer(capacity)}`,
    [
      { head: "" },
      ...workloads.flatMap((workload) => [{ head: workload }, { head: "±" }, { head: "×" }]),
      ...(zipf ? [{ head: "zipf hits" }] : []),
    ],
    examined.map(({ name }) => [
      names.nameOf(name),
      ...workloads.flatMap((workload) => cells(name, workload)),
      ...(zipf ? [hitRatio(name)] : []),
    ]),
  )
}
