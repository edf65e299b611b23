import { posix } from "node:path"
import { address } from "./address.ts"

const FILE = new RegExp(`^${address}/(?:blob|tree)/main/(.+)`)

/** A link of a page: to a file of this repository, to a heading in it or in the page, or elsewhere. */
export interface Link {
  readonly text: string
  /** The path from the root, if that is in this repository. */
  readonly path?: string
  readonly heading?: string
}

/** The links of the page at `path`; those without a scheme are relative to it. */
export function linksOf(path: string, markdown: string): Link[] {
  const prose = markdown.replaceAll(/^```.*?^```$/gms, "").replaceAll(/`[^`\n]*`/g, "code")
  return [...prose.matchAll(/\]\(([^()\s]+)\)/g)].map(([, text = ""]) => {
    const [to = "", heading] = text.split("#")
    const inside = FILE.exec(to)?.[1]
    if (inside === undefined && /^https?:/.test(to)) return { text }
    const beside = to === "" ? path : posix.join(posix.dirname(path), to)
    return { text, path: inside ?? beside, ...(heading && { heading }) }
  })
}

/** The names by which the headings of a page can be linked to. */
export function headingsOf(markdown: string): string[] {
  const prose = markdown.replaceAll(/^```.*?^```$/gms, "")
  return [...prose.matchAll(/^#+ (.+)$/gm)].map(([, title = ""]) =>
    title
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, "")
      .replaceAll(/\s/g, "-"),
  )
}
