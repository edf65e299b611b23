import { join } from "node:path"
import { expect, it } from "vitest"
import { manifestOf } from "./manifests.ts"
import { packages, root } from "./repository.ts"

const stale = "a package.json is out of date: run `npx -y pnpm@10.34.9 --filter release generate`"
const paths = [...packages(), "turbo/generators/strategy"].map((folder) =>
  folder.startsWith("turbo/") ? `${folder}/package.json.hbs` : `${folder}/package.json`,
)

it.each(paths)("%s tells where the package is at home and what is in it", async (path) => {
  await expect(manifestOf(path), stale).toMatchFileSnapshot(join(root, path))
})
