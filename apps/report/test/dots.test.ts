import { type Dot, dots } from "@evictionary/report/page"
import { logAxis, widthOf } from "@evictionary/report/plots"
import fc from "fast-check"
import { describe, expect, it } from "vitest"

const CAPTION = { title: "Time", description: "lru is the fastest." }
const AXIS = { label: "ns", format: String }

const lru: Dot = { name: "lru", ours: true, value: 20, text: "1.00×" }
const other: Dot = { name: "other", ours: false, value: 30, text: "0.67×" }
const lesser: Dot = { name: "lesser [a]", ours: false, lesser: true, value: 10, text: "2.00×" }

/** What is drawn with such attributes. */
function drawn(all: readonly Dot[], selector: string, axis: object = AXIS) {
  return [...dots(CAPTION, all, axis as typeof AXIS).querySelectorAll(selector)]
}

it("ours are filled, others hollow, and what does less is pale", () => {
  const all = [lesser, lru, other]
  expect(drawn(all, "circle")).toHaveLength(3)
  expect(drawn(all, "g[fill='var(--accent)'] circle")).toHaveLength(1)
  expect(drawn(all, "g[fill='var(--paper)'][stroke='currentColor'] circle")).toHaveLength(1)
  expect(drawn(all, "g[fill='var(--paper)'][stroke='var(--soft)'] circle")).toHaveLength(1)
  expect(drawn(all, "g[font-weight=bold]").map(({ textContent }) => textContent)).toEqual(["lru"])
  expect(drawn(all, "g[font-style=italic]").map(({ textContent }) => textContent)).toEqual([
    "lesser [a]",
  ])
})

it("each has its value in words, in the order that is given", () => {
  const texts = drawn([other, lru], "g[text-anchor=start] text")
  expect(texts.map(({ textContent }) => textContent)).toEqual(["0.67×", "1.00×"])
})

it("where half of the rounds were is a bar, and what it became is a tick", () => {
  const lines = (dot: Dot, axis: object = AXIS) => drawn([dot, other], "line", axis).length
  const plain = lines(lru)
  expect(lines({ ...lru, between: [18, 25] })).toBe(plain + 1)
  expect(lines({ ...lru, later: 25 })).toBe(plain + 2)
  expect(lines(lru, { ...AXIS, line: 25 })).toBe(plain + 1)
})

it.each([true, false])("one can be drawn, and none, on an axis that is logarithmic: %s", (log) => {
  for (const all of [[lru], []]) {
    const picture = dots(CAPTION, all, { ...AXIS, log })
    expect(`${picture}`).not.toMatch(/NaN|Infinity|undefined/)
    expect(picture.querySelectorAll("circle")).toHaveLength(all.length)
  }
})

describe("a logarithmic axis", () => {
  const amount = fc.double({ min: 1e-3, max: 1e12, noNaN: true })
  const values = fc.array(amount, { minLength: 1, maxLength: 9 })

  it("has room for all values, and for what is written at it", () => {
    fc.assert(
      fc.property(values, fc.integer({ min: 60, max: 600 }), (values, room) => {
        const { domain, ticks } = logAxis(values, String, room)
        expect(domain[0]).toBeLessThan(Math.min(...values))
        expect(domain[1]).toBeGreaterThan(Math.max(...values))
        for (const tick of ticks) {
          expect(tick).toBeGreaterThanOrEqual(domain[0])
          expect(tick).toBeLessThanOrEqual(domain[1])
        }
        const wide = ticks.map((tick) => widthOf(String(tick)) + 16)
        // No fewer are to be had than those that are a thousand times the one before.
        const fewest = ticks.every((tick) => Math.round(Math.log10(tick)) % 3 === 0)
        if (!fewest) expect(ticks.length * Math.max(...wide)).toBeLessThanOrEqual(room)
      }),
    )
  })

  it("has as many round numbers as there is room for", () => {
    expect(logAxis([10, 90], String, 400).ticks).toEqual([10, 15, 20, 30, 40, 50, 70, 100])
    expect(logAxis([10, 90], String, 150).ticks).toEqual([10, 20, 50, 100])
    expect(logAxis([1, 1e6], String, 300).ticks).toEqual([1, 100, 1e4, 1e6])
  })
})
