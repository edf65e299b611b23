import { existsSync, statSync } from "node:fs"
import { join } from "node:path"
import { describe, expect, it } from "vitest"
import { address } from "./address.ts"
import { headingsOf, linksOf } from "./links.ts"
import { files, read, root } from "./repository.ts"

/** But those that are of the site alone: what builds it looks at their links. */
const pages = files("*.md", "*.md.hbs", ":!.changeset", ":!apps/site/press/own")
/** Seen on the pages of the registry, too, where there is nothing beside them. */
const published = pages.filter((path) => /^(packages\/[^/]+|turbo\/.*)\/README/.test(path))

it.each(pages)("the links of %s lead somewhere", (path) => {
  for (const { text, path: target, heading } of linksOf(path, read(path))) {
    if (target === undefined) continue
    expect(existsSync(join(root, target)), text).toBe(true)
    if (heading === undefined || heading === "readme") continue
    const page = statSync(join(root, target)).isDirectory() ? `${target}/README.md` : target
    expect(headingsOf(read(page)), text).toContain(heading)
  }
})

it.each(published)("the links of %s work where it stands alone", (path) => {
  const relative = linksOf(path, read(path)).filter(({ text }) => !/^(https:\/\/|#)/.test(text))
  expect(relative).toEqual([])
})

describe("the links of a page", () => {
  it("are found outside of code only", () => {
    const page = "[a](b.md) `[c](d)`\n```ts\nf[0](1)\n```\n[![badge](e.svg)](f)"
    expect(linksOf("docs/page.md", page).map(({ text }) => text)).toEqual(["b.md", "e.svg", "f"])
  })

  it("may be relative, absolute, to a heading, or to elsewhere", () => {
    const page = `[](../a.md#b) [](${address}/tree/main/packages/lru#cost) [](#c) [](https://a.b/c#d)`
    expect(linksOf("docs/page.md", page)).toEqual([
      { text: "../a.md#b", path: "a.md", heading: "b" },
      { text: `${address}/tree/main/packages/lru#cost`, path: "packages/lru", heading: "cost" },
      { text: "#c", path: "docs/page.md", heading: "c" },
      { text: "https://a.b/c#d" },
    ])
  })

  it("name headings as GitHub does", () => {
    expect(headingsOf("# `fib(36)`, twice\n## NO_LOAD\n")).toEqual(["fib36-twice", "no_load"])
  })
})
