import type * as Plot from "@observablehq/plot"
import { document, element, escaped, type PageElement } from "./elements.ts"
import { type Caption, plotted } from "./plotted.ts"

/** A plot as a figure, with its caption above. */
export function figure(caption: Caption, options: Plot.PlotOptions): PageElement {
  const { title, about, description } = caption
  const plot = plotted<PageElement>(caption, { ...options, document })
  plot.setAttribute("aria-label", escaped(plot.getAttribute("aria-label") ?? ""))
  plot.prepend(text("title", title), text("desc", description))
  const small = about === undefined ? [] : [element("small", {}, about)]
  return element("figure", {}, element("figcaption", {}, title, ...small), plot)
}

function text(tag: string, content: string): PageElement {
  const made = document.createElementNS("http://www.w3.org/2000/svg", tag)
  made.textContent = content
  return made
}
