import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"

/** Links of a built site that lead to no page, or to no place in it; VitePress looks for pages only. */
export function brokenLinks(folder, base) {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((path) => path.replaceAll("\\", "/"))
    .filter((path) => path.endsWith(".html"))
  const pages = new Map(
    files.map((path) => [addressOf(path), readFileSync(join(folder, path), "utf8")]),
  )
  const ids = new Map([...pages].map(([address, html]) => [address, idsIn(html)]))
  const broken = []
  for (const [address, html] of pages) {
    for (const [, href = ""] of html.matchAll(/<a\b[^>]*\shref="([^"]*)"/g)) {
      if (/^[a-z]+:/.test(href)) continue
      const url = new URL(href.replaceAll("&amp;", "&"), `http://site${base}${address}`)
      if (!url.pathname.startsWith(base)) {
        broken.push(`${address}: ${href}`)
        continue
      }
      const target = url.pathname.slice(base.length).replace(/\.html$/, "")
      const found = ids.get(target)
      const hash = decodeURIComponent(url.hash.slice(1))
      if (found === undefined || (hash !== "" && !found.has(hash))) {
        broken.push(`${address}: ${href}`)
      }
    }
  }
  return [...new Set(broken)]
}

function addressOf(path) {
  return path.replace(/(^|\/)index\.html$/, "$1").replace(/\.html$/, "")
}

function idsIn(html) {
  return new Set([...html.matchAll(/\sid="([^"]*)"/g)].map(([, id]) => id.replaceAll("&amp;", "&")))
}
