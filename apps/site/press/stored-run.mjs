import { mkdirSync, readFileSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { createServer } from "vite"

const ROOT = join(import.meta.dirname, "../../..")

/** What `bench report --json` printed once. */
const RUN = join(import.meta.dirname, "../stored/report.json")

/** Writes the run as a part of a page, drawn by what draws `bench report`. */
export async function writeRun(file) {
  const conditions = ["@evictionary/source", "module", "node", "development|production"]
  // Their sources are in TypeScript, which not every Node.js runs.
  const server = await createServer({
    root: ROOT,
    configFile: false,
    appType: "custom",
    logLevel: "error",
    server: { middlewareMode: true, hmr: false, watch: null },
    optimizeDeps: { noDiscovery: true },
    resolve: { conditions },
    ssr: { noExternal: [/^@evictionary\//], resolve: { conditions } },
  })
  try {
    const [{ htmlSections }, { FIGURES }] = await Promise.all(
      ["apps/bench/src/report/page.ts", "apps/report/src/style.ts"].map((path) =>
        server.ssrLoadModule(join(ROOT, path)),
      ),
    )
    const { chapters } = JSON.parse(readFileSync(RUN, "utf8"))
    const sections = htmlSections(chapters, 3)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(
      file,
      `<div class="report" v-pre>\n${sections}\n</div>\n\n<style>\n.vp-doc .report {${FIGURES}}\n</style>\n`,
    )
  } finally {
    await server.close()
  }
}
