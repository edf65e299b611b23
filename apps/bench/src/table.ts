import { stripVTControlCharacters } from "node:util"
import Table from "cli-table3"
import type { Colors } from "picocolors/types.js"

/** A column: what stands above it, and to which side its cells keep. */
export interface Column {
  head: string
  align: "left" | "right"
  /** Columns to the right of this one that stand under the same head. */
  also?: number
}

/** A cell, or one that reaches over several columns. */
export type Cell = string | { content: string; colSpan: number; hAlign: "left" | "right" }

/**
 * A table without frames: a head, a rule, and rows. No line ends in a space. Columns are as wide as
 * `widths` say, or else as they need to be.
 */
export function table(
  columns: readonly Column[],
  rows: readonly Cell[][],
  colors: Colors,
  widths: readonly number[] = [],
): string {
  const page = new Table({
    chars: { ...NO_FRAME, middle: "  " },
    style: { "padding-left": 0, "padding-right": 0, head: [], border: [], compact: true },
    colWidths: [...widths],
    colAligns: columns.flatMap(({ align, also = 0 }) => Array(1 + also).fill(align)),
  })
  page.push(
    columns.map(({ head, also = 0 }) => ({
      content: head.split("\n").map(colors.dim).join("\n"),
      colSpan: 1 + also,
      vAlign: "bottom" as const,
    })),
    ...rows.map((row) => [...row]),
  )
  const lines = page.toString().split("\n")
  const width = Math.max(...lines.map((line) => stripVTControlCharacters(line).trimEnd().length))
  const height = Math.max(...columns.map(({ head }) => head.split("\n").length))
  lines.splice(height, 0, colors.dim("─".repeat(width)))
  return lines.map((line) => line.trimEnd()).join("\n")
}

/** A {@link table} to print line by line, its head before any row is known. */
export function growingTable(
  columns: readonly Column[],
  widths: readonly number[],
  colors: Colors,
): { head: string; row(cells: Cell[]): string } {
  const head = table(columns, [], colors, widths)
  const above = head.length + 1
  return { head, row: (cells) => table(columns, [cells], colors, widths).slice(above) }
}

/** A row that is a heading for those below it. */
export function heading(text: string, columns: readonly Column[]): Cell[] {
  const colSpan = columns.reduce((sum, { also = 0 }) => sum + 1 + also, 0)
  return [{ content: text, colSpan, hAlign: "left" }]
}

const NO_FRAME = {
  top: "",
  "top-mid": "",
  "top-left": "",
  "top-right": "",
  bottom: "",
  "bottom-mid": "",
  "bottom-left": "",
  "bottom-right": "",
  left: "",
  "left-mid": "",
  right: "",
  "right-mid": "",
  mid: "",
  "mid-mid": "",
}
