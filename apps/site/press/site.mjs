import { spawn } from "node:child_process"
import { once } from "node:events"
import { rmSync } from "node:fs"
import { join } from "node:path"
import { build, createServer, serve } from "vitepress"
import { brokenLinks } from "./anchors.mjs"
import { writeApi } from "./api.mjs"
import { writeRun } from "./stored-run.mjs"

const here = import.meta.dirname
const base = process.env.SITE_BASE ?? "/"
const port = Number(process.env.PORT ?? 4173)
const [command = "serve"] = process.argv.slice(2)

if (!["build", "dev", "serve"].includes(command)) {
  console.error(`site: build, dev, or nothing, which builds and serves; received ${command}`)
  process.exit(2)
}

/** Ends the program if a type is wrong. Takes as long as all else, beside which it runs. */
async function checkTypes() {
  const checker = spawn(
    join(here, "node_modules/.bin/vue-tsc"),
    ["--noEmit", "-p", "tsconfig.json"],
    {
      cwd: here,
      stdio: "inherit",
      shell: process.platform === "win32",
    },
  )
  const [status] = await once(checker, "close")
  if (status !== 0) process.exit(1)
}

const checked = command === "build" ? checkTypes() : undefined
rmSync(join(here, ".pages"), { recursive: true, force: true })
await writeRun(join(here, ".pages/run.html"))
await writeApi(join(here, ".pages/api"))
if (command === "dev") {
  const server = await createServer(here, { port })
  await server.listen()
  server.printUrls()
} else {
  await build(here)
  const broken = brokenLinks(join(here, ".vitepress/dist"), base)
  if (broken.length > 0) {
    console.error(`These links lead nowhere:\n${broken.join("\n")}`)
    process.exit(1)
  }
  await checked
  if (command === "serve") {
    await serve({ root: here, base, port })
    console.log(`http://localhost:${port}${base}`)
  }
}
