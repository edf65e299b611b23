import { join } from "node:path"
import { expect, it } from "vitest"
import { addressed } from "./address.ts"
import { files, read, root } from "./repository.ts"

const stale = "an address is out of date: run `npx -y pnpm@10.34.9 --filter release generate`"
const pages = files("*.md", "*.hbs", "*.yml").filter((path) => read(path).includes("github.com"))

it.each(pages)(
  "%s tells where the project is at home as the root's package.json does",
  async (path) => {
    await expect(addressed(read(path)), stale).toMatchFileSnapshot(join(root, path))
  },
)

it("an address of whoever owned the project before is made the present one", () => {
  const text = "https://github.com/somebody/evictionary/issues https://github.com/a/evictionary-lru"
  expect(addressed(text)).toMatch(/^https:\/\/github\.com\/(?!somebody)/)
  expect(addressed(text)).toContain("https://github.com/a/evictionary-lru")
})
