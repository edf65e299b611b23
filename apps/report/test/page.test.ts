import { dataTable, details, element, figure, htmlDocument } from "@evictionary/report/page"
import { parseHTML } from "linkedom"
import { describe, expect, it } from "vitest"

const EVIL = `<img src=x onerror=alert(1)></title></style>&amp;"'`

/** A page as a browser reads it. */
function read(...body: Parameters<typeof htmlDocument>[1][]) {
  return parseHTML(htmlDocument(EVIL, ...body)).document
}

describe("names are text, whatever is in them", () => {
  it("in the title", () => {
    const document = read()
    expect(document.querySelectorAll("img")).toHaveLength(0)
    expect(htmlDocument(EVIL)).toContain("<title>&lt;img")
  })

  it("in elements and attributes", () => {
    const made = element("p", { title: EVIL }, EVIL, element("b", {}, EVIL))
    const paragraph = read(made).querySelector("p")!
    expect(paragraph.textContent).toBe(EVIL + EVIL)
    expect(paragraph.getAttribute("title")).toBe(EVIL)
    expect(paragraph.children).toHaveLength(1)
  })

  it("in tables", () => {
    const table = dataTable(EVIL, [{ head: EVIL }, { head: EVIL, text: true }], [[EVIL, EVIL]])
    const cells = [...read(table).querySelectorAll("caption, th, td")]
    expect(cells.map(({ textContent }) => textContent)).toEqual(Array(5).fill(EVIL))
  })

  it("in figures", () => {
    const caption = { title: EVIL, about: EVIL, description: EVIL }
    const picture = read(figure(caption, {})).querySelector("figure")!
    expect(picture.querySelector("figcaption")!.textContent).toBe(EVIL + EVIL)
    expect(picture.querySelector("svg title")!.textContent).toBe(EVIL)
    expect(picture.querySelector("svg desc")!.textContent).toBe(EVIL)
    expect(picture.querySelector("svg")!.getAttribute("aria-label")).toBe(`${EVIL}: ${EVIL}`)
    expect(picture.querySelectorAll("img")).toHaveLength(0)
  })
})

it("a plot is one picture to those who cannot see it, and brings no style of its own", () => {
  const plot = figure({ title: "a", description: "b" }, { y: { domain: [0, 1] }, grid: true })
  const svg = plot.querySelector("svg")!
  expect(svg.getAttribute("role")).toBe("img")
  expect(svg.querySelectorAll("[aria-label], style")).toHaveLength(0)
  expect(svg.querySelectorAll("text").length).toBeGreaterThan(0)
})

it("a table without rows has its head, in which what heads nothing is no heading", () => {
  const table = dataTable("none", [{ head: "" }, { head: "hits" }], [])
  expect([...table.querySelectorAll("th")].map(({ textContent }) => textContent)).toEqual(["hits"])
  expect(table.querySelectorAll("thead td")).toHaveLength(1)
})

it("cells of text are to the left, and what is wide is scrolled by keyboard, too", () => {
  const columns = [{ head: "" }, { head: "rival", text: true }, { head: "times" }]
  const table = dataTable("one", columns, [["hit", "lru-cache", "2.00×"]])
  expect([...table.querySelectorAll(".text")].map(({ textContent }) => textContent)).toEqual([
    "rival",
    "lru-cache",
  ])
  expect(table.getAttribute("tabindex")).toBe("0")
  expect(table.querySelector("tbody th")!.getAttribute("scope")).toBe("row")
})

it("what is not shown at first is told by its summary", () => {
  const hidden = details("Numbers", element("p", {}, "1"))
  expect(hidden.querySelector("summary")!.textContent).toBe("Numbers")
  expect(hidden.getAttribute("open")).toBeNull()
})
