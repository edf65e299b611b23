import { element, escaped, type PageElement } from "./elements.ts"
import { STYLE } from "./style.ts"

/** One HTML document that needs nothing else. */
export function htmlDocument(title: string, ...body: readonly PageElement[]): string {
  const html = element(
    "html",
    { lang: "en" },
    element(
      "head",
      {},
      element("meta", { charset: "utf-8" }),
      element("meta", { name: "viewport", content: "width=device-width, initial-scale=1" }),
      element("title", {}, escaped(title)),
      element("style", {}, STYLE),
    ),
    element("body", {}, ...body),
  )
  return `<!doctype html>\n${html.outerHTML}\n`
}
