import { spawnSync } from "node:child_process"
import { createReadStream, existsSync, statSync } from "node:fs"
import { createServer, type Server } from "node:http"
import { createRequire } from "node:module"
import { extname, join } from "node:path"

const ROOT = join(import.meta.dirname, "../../..")
/** Where the site is built. */
export const PRESS: string = join(import.meta.dirname, "../press")

/** The run whose plots are on a page. */
export const STORED: string = join(import.meta.dirname, "../stored/report.json")

/** Under a path, as on GitHub. */
export const BASE = "/under/"

/** The folder of the built site. */
export const DIST: string = join(PRESS, ".vitepress/dist")

/** What the press has installed: apart from the other packages, so it is not to be imported. */
export const fromPress: NodeJS.Require = createRequire(join(PRESS, "package.json"))

/** Builds the site as it is published; throws, with what was printed, if that fails. */
export function buildSite(): void {
  const env = { ...process.env, SITE_BASE: BASE, NODE_OPTIONS: "", VITEST: "", NODE_ENV: "" }
  const { status, stdout, stderr } = spawnSync("npx", ["-y", "pnpm@10.34.9", "site", "build"], {
    cwd: ROOT,
    env,
    encoding: "utf8",
    shell: process.platform === "win32",
  })
  if (status !== 0) throw new Error(`site build\n${stdout}${stderr}`)
}

const TYPES: Record<string, string> = {
  ".css": "text/css",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".woff2": "font/woff2",
}

/** Serves the built site as a host of static files does. */
export async function serveSite(): Promise<{ address: string; close(): void }> {
  const server: Server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://site")
    const path = decodeURIComponent(pathname.slice(BASE.length))
    const file = (path === "" ? ["index.html"] : [path, `${path}.html`, `${path}/index.html`])
      .map((each) => join(DIST, each))
      .find((each) => existsSync(each) && statSync(each).isFile())
    if (!pathname.startsWith(BASE) || file === undefined) {
      response.writeHead(404).end()
      return
    }
    response.writeHead(200, {
      "content-type": TYPES[extname(file)] ?? "application/octet-stream",
      // Browsers tell the memory of a page only where nobody else can see it.
      "cross-origin-opener-policy": "same-origin",
      "cross-origin-embedder-policy": "require-corp",
    })
    createReadStream(file).pipe(response)
  })
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening))
  const { port } = server.address() as { port: number }
  return { address: `http://127.0.0.1:${port}${BASE}`, close: () => server.close() }
}
