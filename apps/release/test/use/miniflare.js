// Started with the folder of miniflare, and the bundle of a worker.
import { createRequire } from "node:module"
import { pathToFileURL } from "node:url"

const [, , folder, scriptPath] = process.argv
const path = createRequire(`${folder}/from.js`).resolve("miniflare")
const { Miniflare } = await import(pathToFileURL(path).href)
// Named one by one: it refuses to look for what is imported by names that are not known before.
const modules = [{ type: "ESModule", path: scriptPath }]
const miniflare = new Miniflare({ modules, cf: false })
try {
  const response = await miniflare.dispatchFetch("http://localhost/")
  console.log(await response.text())
} finally {
  await miniflare.dispose()
}
