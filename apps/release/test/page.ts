import { existsSync, readFileSync } from "node:fs"
import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import { delimiter, extname, join, normalize } from "node:path"
import { imported, tool } from "./tools.ts"

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]

const FLAGS = [
  ...["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"],
  ...["--disable-background-networking", "--disable-component-update", "--disable-sync"],
]

const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html",
  ".json": "application/json",
}

/** Where the browser is on this machine. Throws if there is none. */
export function chromium(): string {
  const folders = (process.env.PATH ?? "").split(delimiter)
  const paths = NAMES.flatMap((name) => folders.map((folder) => join(folder, name)))
  const found = paths.find(existsSync)
  if (found === undefined) throw new Error(`none of ${NAMES.join(", ")} is installed`)
  return found
}

/** Opens a page of a folder, and waits for what it makes of the variable `outcome`. */
export async function outcomeOf(folder: string, html: string): Promise<[unknown, string]> {
  const playwright = await imported(tool("playwright", "playwright-core"), "playwright-core")
  const server = createServer((request, response) => {
    const path = join(folder, normalize(new URL(request.url ?? "", "http://localhost").pathname))
    const type = request.url === "/" ? "text/html" : (TYPES[extname(path)] ?? "text/javascript")
    if (request.url !== "/" && !existsSync(path)) response.writeHead(404).end()
    else {
      response.setHeader("content-type", type)
      response.end(request.url === "/" ? html : readFileSync(path))
    }
  })
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  const options = { executablePath: chromium(), args: FLAGS }
  const browser = await playwright.chromium.launch(options)
  try {
    const page = await browser.newPage()
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`)
    const outcome = await page.waitForFunction("globalThis.outcome", undefined, { timeout: 0 })
    return [await outcome.jsonValue(), browser.version()]
  } finally {
    await browser.close()
    server.close()
    server.closeAllConnections()
  }
}
