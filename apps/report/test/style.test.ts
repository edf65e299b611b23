import { FIGURES, htmlDocument } from "@evictionary/report/page"
import { expect, it } from "vitest"

const style = /<style>([\s\S]*)<\/style>/.exec(htmlDocument(""))![1]!

/** The colours of the page by day, and by night. */
const [light, dark] = [...style.matchAll(/:root \{([^}]*)\}/g)].map(([, rule = ""]) =>
  Object.fromEntries(
    [...rule.matchAll(/--(\w+): (#\w+)/g)].map(([, name, colour]) => [name!, colour!]),
  ),
)

/** The share of light that a colour gives back, as WCAG has it. */
function luminance(colour: string): number {
  const digits =
    colour.length === 4 ? [...colour.slice(1)].map((c) => c + c) : colour.match(/\w\w/g)!
  const [r, g, b] = digits.map((digit) => {
    const share = Number.parseInt(digit, 16) / 255
    return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!
}

function contrast(one: string, other: string): number {
  const [bright = 0, dim = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a)
  return (bright + 0.05) / (dim + 0.05)
}

it("dark and light have the same colours by name", () => {
  expect(Object.keys(light!).sort()).toEqual(["accent", "ink", "line", "paper", "shade", "soft"])
  expect(Object.keys(dark!).sort()).toEqual(Object.keys(light!).sort())
})

it("what is written can be read, by day and by night", () => {
  for (const colours of [light!, dark!]) {
    for (const written of ["ink", "soft", "accent"]) {
      expect(contrast(colours[written]!, colours.paper!)).toBeGreaterThan(4.5)
    }
    expect(contrast(colours.ink!, colours.shade!)).toBeGreaterThan(4.5)
  }
})

it("figures take no colour but those that are named", () => {
  const taken = [...style.matchAll(/var\(--(\w+)\)/g)].map(([, name]) => name!)
  expect(Object.keys(light!)).toEqual(expect.arrayContaining(taken))
  expect(FIGURES).not.toMatch(/#[0-9a-f]{3}/i)
})
