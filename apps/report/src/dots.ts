import * as Plot from "@observablehq/plot"
import type { PageElement } from "./elements.ts"
import { figure } from "./figure.ts"
import { type Caption, logAxis, widthOf } from "./plotted.ts"

/** A figure of somebody. */
export interface Dot {
  name: string
  ours: boolean
  /** It does less than the others. */
  lesser?: boolean
  value: number
  /** The value, in words. */
  text: string
  /** From where to where half of the rounds were. */
  between?: readonly [number, number]
  /** What it became later. */
  later?: number
}

interface Axis {
  label: string
  format: (value: number) => string
  /** Values differ by orders of magnitude: equal ratios are equally long. */
  log?: boolean
  /** Where there is a line to look at. */
  line?: number
}

const WIDTH = 360
const ROW = 16

/** A line for each of the dots, from top to bottom. Ours are filled, and what does less is pale. */
export function dots(caption: Caption, all: readonly Dot[], axis: Axis): PageElement {
  const { label, format, log = false, line } = axis
  const values = all.flatMap(({ value, between = [], later = value }) => [value, later, ...between])
  const every = line === undefined ? values : [...values, line]
  const marginLeft = Math.max(40, ...all.map(({ name }) => widthOf(name) + 10))
  const marginRight = Math.max(24, ...all.map(({ text }) => widthOf(text) + 10))
  const room = WIDTH - marginLeft - marginRight
  const { ticks, ...scale } = log
    ? { type: "log" as const, ...logAxis(every, format, room) }
    : { domain: [0, Math.max(...every)], ticks: 4 }
  const ours = all.filter(({ ours }) => ours)
  const others = all.filter(({ ours, lesser }) => !ours && !lesser)
  const lesser = all.filter(({ lesser }) => lesser)
  const names = {
    x: null,
    y: "name",
    text: "name",
    frameAnchor: "left",
    textAnchor: "end",
    dx: -8,
  } as const
  const hollow = { y: "name", x: "value", r: 3.5, fill: "var(--paper)" } as const
  return figure(caption, {
    width: WIDTH,
    height: all.length * ROW + 44,
    marginTop: 4,
    marginBottom: 40,
    marginLeft,
    marginRight,
    x: { ...scale, label: null },
    y: { domain: all.map(({ name }) => name), label: null, axis: null },
    marks: [
      Plot.gridX({ ticks }),
      Plot.axisX({
        ticks,
        // A format would be used for some of the ticks only, where equal ratios are equally long.
        text: format,
        tickSize: 0,
        label,
        labelAnchor: "center",
        labelArrow: "none",
      }),
      ...(line === undefined ? [] : [Plot.ruleX([line], { strokeOpacity: 0.6 })]),
      Plot.ruleY(
        all.filter(({ between }) => between),
        {
          y: "name",
          x1: ({ between }: Dot) => between![0],
          x2: ({ between }: Dot) => between![1],
          strokeWidth: 5,
          strokeOpacity: 0.2,
        },
      ),
      Plot.ruleY(
        all.filter(({ later }) => later !== undefined),
        { y: "name", x1: "value", x2: "later", strokeOpacity: 0.5 },
      ),
      Plot.tickX(
        all.filter(({ later }) => later !== undefined),
        { y: "name", x: "later", insetTop: 4, insetBottom: 4 },
      ),
      Plot.dot(lesser, { ...hollow, stroke: "var(--soft)", strokeWidth: 1 }),
      Plot.dot(others, { ...hollow, stroke: "currentColor" }),
      Plot.dot(ours, { y: "name", x: "value", r: 4, fill: "var(--accent)" }),
      Plot.text(lesser, { ...names, fill: "var(--soft)", fontStyle: "italic" }),
      Plot.text(others, names),
      Plot.text(ours, { ...names, fontWeight: "bold" }),
      Plot.text(all, { y: "name", text: "text", frameAnchor: "right", textAnchor: "start", dx: 8 }),
    ],
  })
}
