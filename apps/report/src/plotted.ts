import * as Plot from "@observablehq/plot"

/** What a picture shows, for its caption and for those who cannot see it. */
export interface Caption {
  title: string
  /** Of what it is, in small print below the title. */
  about?: string
  description: string
}

/** Draws a plot, in units of the page's own pixels: one picture to assistive technology. */
export function plotted<Made extends ReturnType<typeof Plot.plot>>(
  { title, description }: Pick<Caption, "description" | "title">,
  options: Plot.PlotOptions,
): Made {
  const plot = Plot.plot({ ...options, className: "plot" }) as Made
  for (const style of plot.querySelectorAll("style")) style.remove()
  plot.setAttribute("role", "img")
  plot.setAttribute("aria-label", `${title}: ${description}`)
  // Its parts are in the table.
  for (const part of plot.querySelectorAll("[aria-label]")) part.removeAttribute("aria-label")
  return plot
}

/** How wide a name is drawn, about; letters differ. */
export function widthOf(name: string): number {
  return 7 * name.length
}

/**
 * An axis on which equal ratios are equally long, with as many round numbers as there is room for:
 * `room` is its length, and `format` makes what is written at it.
 */
export function logAxis(
  values: readonly number[],
  format: (value: number) => string,
  room: number,
): { domain: [number, number]; ticks: number[] } {
  const [least, most] = [Math.min(...values), Math.max(...values)]
  const margin = Math.max(1.1, (most / least) ** 0.05)
  const domain: [number, number] = [least / margin, most * margin]
  const choices = CHOICES.map((choice) => ticksIn(domain, choice))
  const fits = (ticks: number[]) =>
    ticks.length * (GAP + Math.max(...ticks.map((tick) => widthOf(format(tick))))) <= room
  return { domain, ticks: choices.find(fits) ?? choices.at(-1)! }
}

/** Between what is written at an axis. */
const GAP = 16

/** In each of so many decades, these. */
const CHOICES = [
  { digits: [1, 1.5, 2, 3, 4, 5, 7], every: 1 },
  { digits: [1, 2, 5], every: 1 },
  { digits: [1, 3], every: 1 },
  { digits: [1], every: 1 },
  { digits: [1], every: 2 },
  { digits: [1], every: 3 },
]

function ticksIn([low, high]: [number, number], { digits, every }: (typeof CHOICES)[number]) {
  const [from, to] = [Math.floor(Math.log10(low)), Math.ceil(Math.log10(high))]
  const ticks: number[] = []
  for (let power = from; power <= to; power++) {
    if (power % every === 0) ticks.push(...digits.map((digit) => Number(`${digit}e${power}`)))
  }
  return ticks.filter((tick) => tick >= low && tick <= high)
}
