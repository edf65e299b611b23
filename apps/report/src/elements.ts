import { parseHTML } from "linkedom"

/** What plots and pages are made with. It escapes whatever text is put into an element. */
export const { document } = parseHTML("<!doctype html><html></html>")

export type PageElement = ReturnType<typeof document.createElement>

/** An element, with its attributes, and the elements and texts in it. */
export function element(
  tag: string,
  attributes: Readonly<Record<string, string>> = {},
  ...children: readonly (PageElement | string)[]
): PageElement {
  const made = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, escaped(value))
  made.append(...children)
  return made
}

/** What is written as it is, but for quotation marks: attributes, and the title of a page. */
export function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;")
}
