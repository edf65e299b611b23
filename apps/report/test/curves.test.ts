import { figure } from "@evictionary/report/page"
import { type Curves, curvePanels, curvePlot } from "@evictionary/report/plots"
import { expect, it } from "vitest"

const CURVES: Curves = {
  capacities: [10, 100, 1_000],
  curves: [
    { strategy: "fifo", missRatios: [0.9, 0.7, 0.2] },
    { strategy: "lru", missRatios: [0.9, 0.6, 0.1] },
  ],
  min: { strategy: "min", missRatios: [0.7, 0.3, 0.1] },
}

const SIZE = { width: 400, height: 200 }

/** The picture of the first panel, or of the curve of lru. */
function panelOf(curves: Curves) {
  const [panel] = curvePanels(curves)
  return figure(panel!.caption, panel!.options)
}

function plotOf(curves: Curves) {
  return figure({ title: "", description: "" }, curvePlot(curves, "lru", SIZE))
}

/** The paths that are drawn: of areas and lines, not of axes. */
function paths(picture: ReturnType<typeof figure>, attributes = "") {
  return [...picture.querySelectorAll(`path[d^=M]${attributes}, g${attributes} > path[d^=M]`)]
}

it("the strategy with the fewest misses comes first", () => {
  expect(curvePanels(CURVES).map(({ caption }) => caption.title)).toEqual(["lru", "fifo"])
})

it("a panel says in words where its curve begins and ends", () => {
  const [lru] = curvePanels(CURVES, "zipf")
  expect(lru!.caption.description).toBe(
    "of zipf, 90 in 100 requests miss with room for 10, 10 with room for 1,000",
  )
})

it("all panels of the same traffic have the same scale, from no misses on", () => {
  const scales = curvePanels(CURVES).map(({ options: { x, y } }) => ({ x, y }))
  expect(scales[0]).toEqual({ x: { type: "log", domain: [10, 1_000] }, y: { domain: [0, 90] } })
  expect(scales[1]).toEqual(scales[0])
})

it("in front of the area of all there is the curve itself, and the best possible is dotted", () => {
  const picture = panelOf(CURVES)
  expect(paths(picture, "[stroke='var(--accent)']")).toHaveLength(1)
  expect(paths(picture, "[stroke-dasharray='1,3']")).toHaveLength(1)
  expect(paths(picture, "[fill-opacity='0.15']")).toHaveLength(1)
  const { min: _, ...unbounded } = CURVES
  expect(paths(panelOf(unbounded), "[stroke-dasharray='1,3']")).toHaveLength(0)
})

it("the large plot has the others, too, and less of them", () => {
  const picture = plotOf(CURVES)
  expect(paths(picture, "[stroke-opacity='0.3']")).toHaveLength(CURVES.curves.length - 1)
  expect(paths(picture, "[stroke='var(--accent)']")).toHaveLength(1)
})

it("there is no plot of a strategy without a curve", () => {
  expect(() => curvePlot(CURVES, "mru", SIZE)).toThrow("there is no curve of mru")
})

it("capacities are written as they are told to be", () => {
  const format = (bytes: number) => `${bytes} B`
  expect(panelOf({ ...CURVES, format }).textContent).toMatch(/room for 10 B.*100 B/)
})

it.each<[string, Curves]>([
  ["one point", { capacities: [1], curves: [{ strategy: "lru", missRatios: [0.5] }] }],
  ["nothing but hits", { capacities: [1, 9], curves: [{ strategy: "lru", missRatios: [0, 0] }] }],
  ["nothing but misses", { capacities: [1, 9], curves: [{ strategy: "lru", missRatios: [1, 1] }] }],
])("%s can be drawn", (_, curves) => {
  for (const picture of [panelOf(curves), plotOf(curves)]) {
    expect(`${picture}`).not.toMatch(/NaN|Infinity|undefined/)
    expect(picture.querySelectorAll("text").length).toBeGreaterThan(2)
  }
})

it("without curves there are no panels", () => {
  expect(curvePanels({ capacities: [1, 2], curves: [] })).toEqual([])
})
