import { dataTable, figure, type PageElement } from "@evictionary/report/page"
import { widthOf } from "@evictionary/report/plots"
import * as Plot from "@observablehq/plot"
import type { HitsReport, TrafficHits } from "../hits/command.ts"
import { leftOut, verdict } from "../hits/page.ts"
import { isStrategy } from "../hits/standings.ts"
import { count, integer, percent } from "../numbers.ts"
import type { Part } from "./section.ts"

/** Hit ratios of all strategies on the same traffic, beside the best possible. */
export function hitsPart(report: HitsReport): Part {
  const { traffics, golden } = report
  return {
    title: "Hit ratio",
    lead: `${nearest(report)}${golden ? ` ${verdict(golden)}${leftOut(golden)}` : ""}`,
    groups: [
      {
        panels: traffics.map(trafficPanel),
        tables: [standingsTable(report), ...traffics.map(trafficTable)],
      },
      ...(golden && golden.different.length > 0
        ? [
            {
              title: "Different from others",
              panels: [],
              tables: [differencesTable(golden.different)],
            },
          ]
        : []),
    ],
    notes: [
      ["dots", "the hit ratios with each capacity, the smallest to the left."],
      [
        "min",
        "the best possible: Bélády's MIN, which knows what will be asked for. Its hit ratios are dotted lines for all.",
      ],
      ["unbounded", "without a bound: each key is missed once."],
      ...(golden
        ? [["lirs ∞", "lirs that forgets nothing, as its authors' program does."] as const]
        : []),
      ...traffics.flatMap(({ traffic, meaning }) =>
        meaning === undefined ? [] : [[traffic, `${meaning}.`] as const],
      ),
    ],
  }
}

function nearest({ standings }: HitsReport): string {
  const [best, ...others] = standings
  if (best === undefined) return "Nothing hits."
  const next = others[0] && `, followed by ${others[0].strategy} with ${percent(others[0].share)}`
  return `${best.strategy} comes nearest to the best possible: it has ${percent(best.share)} of its hits in the mean${next ?? ""}.`
}

/** A line of dots for each strategy, the one with the most hits above the others. */
function trafficPanel(each: TrafficHits): PageElement {
  const { traffic, requests, uniqueKeys, capacities, rows } = each
  const sum = (hits: readonly number[]) => hits.reduce((total, hit) => total + hit, 0)
  const strategies = rows.filter(isStrategy).sort((a, b) => sum(b.hits) - sum(a.hits))
  const bounds = rows.filter((row) => !isStrategy(row))
  const order = [...bounds.toReversed(), ...strategies].map(({ strategy }) => strategy)
  const points = rows.flatMap((row) =>
    row.hits.map((hits) => ({
      strategy: row.strategy,
      bound: !isStrategy(row),
      ratio: ratio(hits, requests),
    })),
  )
  const min = points.filter(({ strategy }) => strategy === "min")
  const about = `${count(requests)} requests, ${count(uniqueKeys)} keys; capacity ${list(capacities)}`
  const name = {
    text: "strategy",
    x: null,
    y: "strategy",
    frameAnchor: "left",
    textAnchor: "end",
    dx: -8,
  } as const
  const description = strategies[0] ? `${strategies[0].strategy} has the most hits.` : ""
  return figure(
    { title: traffic, about, description },
    {
      width: 360,
      height: order.length * 16 + 44,
      marginTop: 4,
      marginBottom: 40,
      marginLeft: Math.max(...order.map((name) => widthOf(name) + 10)),
      marginRight: 14,
      x: { domain: [0, 100] },
      y: { domain: order, axis: null },
      marks: [
        Plot.gridX({ ticks: 5 }),
        Plot.axisX({
          ticks: 5,
          tickSize: 0,
          label: "hits in 100 requests",
          labelAnchor: "center",
          labelArrow: "none",
        }),
        Plot.ruleX(min, { x: "ratio", strokeDasharray: "1,3", strokeOpacity: 0.7 }),
        Plot.line(points, { x: "ratio", y: "strategy", z: "strategy", strokeOpacity: 0.35 }),
        Plot.dot(
          points.filter(({ bound }) => bound),
          { x: "ratio", y: "strategy", r: 3, fill: "var(--paper)", stroke: "currentColor" },
        ),
        Plot.dot(
          points.filter(({ bound }) => !bound),
          { x: "ratio", y: "strategy", r: 3.5, fill: "var(--accent)" },
        ),
        Plot.text(
          points.filter(({ bound }) => bound),
          Plot.groupY({ text: "first" }, { ...name, fill: "var(--soft)" }),
        ),
        Plot.text(
          points.filter(({ bound }) => !bound),
          Plot.groupY({ text: "first" }, { ...name, fontWeight: "bold" }),
        ),
      ],
    },
  )
}

/** All of a few, and the ends of many. */
function list(capacities: readonly number[]): string {
  const named = capacities.length > 4 ? [capacities[0]!, capacities.at(-1)!] : capacities
  return named.map(count).join(named === capacities ? ", " : " to ")
}

function ratio(hits: number, requests: number): number {
  return (100 * hits) / Math.max(1, requests)
}

function trafficTable({ traffic, requests, capacities, rows }: TrafficHits): PageElement {
  return dataTable(
    `${traffic}: hits in ${integer(requests)} requests, by capacity`,
    [
      { head: "" },
      ...capacities.flatMap((capacity) => [{ head: integer(capacity) }, { head: "%" }]),
    ],
    rows.map(({ strategy, hits }) => [
      strategy,
      ...hits.flatMap((hit) => [integer(hit), ratio(hit, requests).toFixed(1)]),
    ]),
  )
}

function standingsTable({ standings }: HitsReport): PageElement {
  return dataTable(
    "Shares of the hits of min, in the mean and at least; and how often first",
    [
      { head: "" },
      { head: "mean" },
      { head: "least" },
      { head: "which is with", text: true },
      { head: "first in" },
    ],
    standings.map(({ strategy, share, least, first, replays }) => [
      strategy,
      percent(share),
      percent(least.share),
      `${least.traffic}, ${integer(least.capacity)}`,
      `${first} of ${replays}`,
    ]),
  )
}

function differencesTable(different: NonNullable<HitsReport["golden"]>["different"]): PageElement {
  return dataTable(
    "Hit counts of independent implementations, and ours",
    [
      { head: "" },
      { head: "strategy", text: true },
      { head: "capacity" },
      { head: "hits" },
      { head: "requests" },
      { head: "our hits" },
      { head: "our requests" },
    ],
    different.map(({ trace, strategy, capacity, hits, requests, ours }) => [
      trace,
      strategy,
      ...[capacity, hits, requests, ours.hits, ours.requests].map(integer),
    ]),
  )
}
