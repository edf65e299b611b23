import * as Plot from "@observablehq/plot"
import { count, integer } from "./numbers.ts"
import type { Caption } from "./plotted.ts"

/** Miss ratios, from 0 to 1, each at the capacity that has the same place. */
export interface Curve {
  readonly strategy: string
  readonly missRatios: readonly number[]
}

/** Curves of one traffic. */
export interface Curves {
  readonly capacities: readonly number[]
  readonly curves: readonly Curve[]
  /** The best possible. */
  readonly min?: Curve | undefined
  /** How a capacity is written; as a count, unless this says otherwise. */
  readonly format?: ((capacity: number) => string) | undefined
}

/** The curve of a strategy before those of the others. */
export interface CurvePanel {
  readonly caption: Caption
  readonly options: Plot.PlotOptions
}

interface Point {
  readonly capacity: number
  readonly misses: number
}

/** What all panels of the same traffic have in common. */
interface Scales {
  readonly range: readonly { capacity: number; least: number; most: number }[]
  readonly top: number
}

/** A small plot for each strategy, to one scale, the one with the fewest misses first. */
export function curvePanels(curves: Curves, traffic?: string): CurvePanel[] {
  const { capacities, format = integer } = curves
  const scales = scalesOf(curves)
  return byMisses(curves).map((curve) => {
    const [first = 0, last = 0] = [curve.missRatios[0], curve.missRatios.at(-1)]
    const misses = `${of100(first)} in 100 requests miss with room for ${format(capacities[0]!)}, ${of100(last)} with room for ${format(capacities.at(-1)!)}`
    return {
      caption: {
        title: curve.strategy,
        description: traffic === undefined ? misses : `of ${traffic}, ${misses}`,
      },
      options: {
        width: 180,
        height: 130,
        marginTop: 8,
        marginRight: 12,
        marginBottom: 24,
        marginLeft: 30,
        ...drawing(curves, curve, scales, edges(capacities)),
      },
    }
  })
}

/** One large plot, of a strategy before the others. */
export function curvePlot(
  curves: Curves,
  strategy: string,
  { width, height }: { readonly width: number; readonly height: number },
): Plot.PlotOptions {
  const curve = curves.curves.find((each) => each.strategy === strategy)
  if (curve === undefined) throw new Error(`there is no curve of ${strategy}`)
  const { capacities } = curves
  const others = curves.curves.filter((each) => each !== curve)
  const { marks = [], ...options } = drawing(curves, curve, scalesOf(curves), capacities)
  return {
    width,
    height,
    marginTop: 8,
    marginRight: 16,
    marginBottom: 30,
    marginLeft: 34,
    ...options,
    marks: [
      ...others.map((other) =>
        Plot.line(pointsOf(other, capacities), { ...PLACE, strokeOpacity: 0.3 }),
      ),
      ...marks,
    ],
  }
}

const PLACE = { x: "capacity", y: "misses" } as const

/** The strategies, the one with the fewest misses first. */
export function byMisses({ curves }: Curves): Curve[] {
  const total = ({ missRatios }: Curve) => missRatios.reduce((sum, ratio) => sum + ratio, 0)
  return [...curves].sort((a, b) => total(a) - total(b))
}

function scalesOf({ capacities, curves }: Curves): Scales {
  const range = capacities.map((capacity, i) => {
    const misses = curves.map(({ missRatios }) => 100 * missRatios[i]!)
    return { capacity, least: Math.min(...misses), most: Math.max(...misses) }
  })
  // From nothing on, so that half as high is half as many.
  const top = Math.max(10, 10 * Math.ceil(Math.max(...range.map(({ most }) => most)) / 10))
  return { range, top }
}

function drawing(
  { capacities, min, format = count }: Curves,
  curve: Curve,
  { range, top }: Scales,
  xTicks: readonly number[],
): Plot.PlotOptions {
  const ticks = [0, top / 2, top]
  const most = Math.max(capacities.at(-1)!, capacities[0]! + 1)
  const shown = xTicks.length > 4 ? decades(capacities[0]!, most) : xTicks
  return {
    x: { type: "log", domain: [capacities[0]!, most] },
    y: { domain: [0, top] },
    marks: [
      Plot.gridY({ ticks }),
      Plot.axisY({ ticks, tickSize: 0, label: null }),
      Plot.axisX({ ticks: shown, text: format, tickSize: 3, label: null }),
      Plot.areaY(range, { x: "capacity", y1: "least", y2: "most", fillOpacity: 0.15 }),
      Plot.line(min === undefined ? [] : pointsOf(min, capacities), {
        ...PLACE,
        strokeDasharray: "1,3",
      }),
      Plot.line(pointsOf(curve, capacities), {
        ...PLACE,
        stroke: "var(--accent)",
        strokeWidth: 2,
      }),
    ],
  }
}

function pointsOf({ missRatios }: Curve, capacities: readonly number[]): Point[] {
  return missRatios.map((ratio, i) => ({ capacity: capacities[i]!, misses: 100 * ratio }))
}

function of100(ratio: number): number {
  return Math.round(100 * ratio)
}

/** The first, the middle and the last. */
function edges(capacities: readonly number[]): number[] {
  return [...new Set([0, capacities.length >> 1, capacities.length - 1].map((i) => capacities[i]!))]
}

/** The powers of ten, and both ends if there are too few of them. */
function decades(least: number, most: number): number[] {
  const powers = Array.from({ length: 16 }, (_, i) => 10 ** i)
  const within = powers.filter((power) => power >= least && power <= most)
  return within.length > 1 ? within : [least, most]
}
