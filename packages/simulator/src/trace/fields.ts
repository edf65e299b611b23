import { invalid } from "@evictionary/core"
import type { LineFormat } from "./line-formats.ts"
import { keyOf, type Requests, sizeOf } from "./requests.ts"

/** Where a field is: its name in the first line, or, if that has no names, its number from 1 on. */
export type ColumnName = number | string

/** Which fields have the key and, if it is asked for, the size. */
export interface Columns {
  readonly column: ColumnName
  readonly sizeColumn: ColumnName | undefined
}

/** Fields between tabs, without quotation marks. */
export function tsv(columns: Columns): LineFormat {
  const fields = new Fields(columns)
  return (line, requests) => fields.read(line.split("\t"), requests)
}

/** Reads records of fields, the first of which has the names, if a name is asked for. */
export class Fields {
  private readonly columns: Columns
  private key: number
  private size: number | undefined
  private named: boolean

  constructor(columns: Columns) {
    const { column, sizeColumn } = columns
    this.columns = columns
    this.key = Number(column) - 1
    this.size = sizeColumn === undefined ? undefined : Number(sizeColumn) - 1
    this.named = typeof column === "string" || typeof sizeColumn === "string"
  }

  /** On the terms of {@link LineFormat}. */
  read(fields: readonly string[], requests: Requests): string | undefined {
    const { column, sizeColumn } = this.columns
    if (this.named) {
      this.named = false
      this.key = indexOf("column", column, fields)
      if (sizeColumn !== undefined) this.size = indexOf("sizeColumn", sizeColumn, fields)
      return undefined
    }
    const key = fields[this.key]
    if (key === undefined) return `has no column ${JSON.stringify(column)}`
    if (this.size === undefined) {
      requests.add(keyOf(key))
      return undefined
    }
    const size = sizeOf(fields[this.size] ?? "")
    if (size === undefined) return `has no size in column ${JSON.stringify(sizeColumn)}`
    requests.add(keyOf(key), size)
    return undefined
  }
}

function indexOf(option: string, column: ColumnName, names: readonly string[]): number {
  const index = typeof column === "number" ? column - 1 : names.indexOf(column)
  if (index < 0) {
    const known = names.map((name) => JSON.stringify(name)).join(", ")
    throw invalid("INVALID_OPTION", option, `a name in the first line (${known})`, column)
  }
  return index
}
