import type { Colors } from "picocolors/types.js"
import type { Host } from "./host.ts"
import type { OutputOptions } from "./options.ts"
import { type Replayed, warning } from "./page.ts"
import { printable } from "./printable.ts"

/** A value in a spreadsheet. */
export type Value = number | string | undefined

/** The forms in which a result can be printed. */
export interface Forms<Report> {
  page(report: Report, colors: Colors): string
  /** Rows for a spreadsheet, with the names of the columns in the first one. */
  rows(report: Report): Value[][]
}

/** Prints a result in the form that is asked for. */
export function print<Report extends Replayed>(
  report: Report,
  forms: Forms<Report>,
  { json, csv }: OutputOptions,
  host: Host,
): void {
  if (json) {
    const lines = JSON.stringify(report, null, 2).split("\n")
    host.out.write(`${lines.map(printable).join("\n")}\n`)
  } else if (csv) {
    host.out.write(forms.rows(report).map(line).join(""))
    if (report.skipped.count > 0) host.err.write(`warning: ${warning(report.skipped)}\n`)
  } else {
    host.out.write(`${forms.page(report, host.colors)}\n`)
  }
}

/** A record as RFC 4180 has it, but for its end. */
function line(values: readonly Value[]): string {
  const fields = values.map((value) => (value === Infinity ? "" : String(value ?? "")))
  return `${fields.map((field) => (/[",\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field)).join(",")}\n`
}
