import { cpSync } from "node:fs"
import { join } from "node:path"
import { defineConfig } from "vitepress"
import { ADDRESS, PAGES, sections, writePages } from "./pages.ts"

writePages()
cpSync(join(import.meta.dirname, "../own"), PAGES, { recursive: true })

/** Where the site will be: under a path, if it is one of GitHub's. */
const base = process.env.SITE_BASE ?? "/"

/** Packages come from their sources. */
const conditions = ["@evictionary/source", "module", "browser", "development|production"]

export default defineConfig({
  srcDir: ".pages",
  base,
  title: "Evictionary",
  description: "Caches for TypeScript whose eviction rule is a plug-in",
  head: [["link", { rel: "icon", href: `${base}icon.svg` }]],
  cleanUrls: true,
  lastUpdated: false,
  // Modules are in no order in which one would read them.
  transformPageData({ relativePath, frontmatter }) {
    if (!relativePath.startsWith("api/")) return
    frontmatter.prev = false
    frontmatter.next = false
  },
  markdown: {
    theme: { light: "github-light-high-contrast", dark: "github-dark-high-contrast" },
    config(md) {
      // A cell that heads nothing is no heading.
      md.core.ruler.push("empty-headings", ({ tokens }) => {
        tokens.forEach((token, i) => {
          if (token.type !== "th_open" || tokens[i + 1]?.content !== "") return
          token.tag = "td"
          tokens[i + 2]!.tag = "td"
        })
      })
    },
  },
  vite: {
    publicDir: join(import.meta.dirname, "../public"),
    resolve: { conditions, alias: { "@evictionary/site": join(import.meta.dirname, "../../src") } },
    ssr: { noExternal: [/^@evictionary\//, "evictionary"], resolve: { conditions } },
    worker: { format: "es" },
    build: { chunkSizeWarningLimit: 3000 },
    server: { fs: { allow: [join(import.meta.dirname, "../../../..")] } },
  },
  themeConfig: {
    search: { provider: "local" },
    outline: { level: [2, 3] },
    nav: [
      { text: "Start", link: "/start" },
      { text: "Play", link: "/play" },
      { text: "Advise", link: "/advise" },
      { text: "API", link: "/api/" },
    ],
    sidebar: [
      ...sections.map(({ title, pages }) => ({
        text: title,
        items: pages.map(({ title, path }) => ({ text: title, link: `/${path}` })),
      })),
      { text: "API", link: "/api/" },
    ],
    socialLinks: [{ icon: "github", link: ADDRESS }],
  },
})
