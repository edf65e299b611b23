import { execFileSync } from "node:child_process"
import { rmSync } from "node:fs"
import { join } from "node:path"
import { build, createServer, serve } from "vitepress"
import { brokenLinks } from "./anchors.mjs"
import { writeApi } from "./api.mjs"

const here = import.meta.dirname
const base = process.env.SITE_BASE ?? "/"
const port = Number(process.env.PORT ?? 4173)
const [command = "serve"] = process.argv.slice(2)

if (!["build", "dev", "serve"].includes(command)) {
  console.error(`site: build, dev, or nothing, which builds and serves; received ${command}`)
  process.exit(2)
}

if (command === "build") {
  execFileSync(join(here, "node_modules/.bin/vue-tsc"), ["--noEmit", "-p", "tsconfig.json"], {
    cwd: here,
    stdio: "inherit",
    shell: process.platform === "win32",
  })
}
rmSync(join(here, ".pages"), { recursive: true, force: true })
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
  if (command === "serve") {
    await serve({ root: here, base, port })
    console.log(`http://localhost:${port}${base}`)
  }
}
