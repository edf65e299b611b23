import type { Block } from "../traffic.ts"
import type { BadLines } from "./bad-lines.ts"
import { type Columns, Fields } from "./fields.ts"
import { linesOf } from "./lines.ts"
import { Requests } from "./requests.ts"

/**
 * Fields between commas, in quotation marks where they contain one, or the end of a line (RFC 4180).
 * After a record that is not well formed, reading goes on with the next line.
 */
export async function* csv(
  bytes: AsyncIterable<Uint8Array>,
  columns: Columns,
  bad: BadLines,
  most: number,
): AsyncGenerator<Block> {
  const fields = new Fields(columns)
  const requests = new Requests()
  let number = 0
  /** A record whose last field has not ended yet, and how many lines it has. */
  let open = ""
  let lines = 0
  for await (const group of linesOf(bytes, most)) {
    for (const line of group) {
      number++
      if (line === "" && lines === 0) continue
      open = lines++ === 0 ? line : `${open}\n${line}`
      const record = open.length > most ? undefined : recordIn(open)
      if (record === "open") continue
      const reason = record === undefined ? notWell(open, most) : fields.read(record, requests)
      if (reason !== undefined) bad.add(number - lines + 1, reason, open)
      lines = 0
      if (requests.enough) yield requests.take()
    }
  }
  if (lines > 0) bad.add(number - lines + 1, "has a quotation mark that is not closed", open)
  yield requests.take()
}

const FIELD = /(?:"([^"]*(?:""[^"]*)*)"|([^",]*))(,|$)/y
const OPEN_FIELD = /"[^"]*(?:""[^"]*)*$/y

/** The fields of a record; `"open"` if it goes on in the next line, `undefined` if it is none. */
function recordIn(text: string): string[] | "open" | undefined {
  if (!text.includes('"')) return text.split(",")
  const fields: string[] = []
  FIELD.lastIndex = 0
  for (;;) {
    const at = FIELD.lastIndex
    const [, quoted, plain = "", end] = FIELD.exec(text) ?? []
    if (end === undefined) {
      OPEN_FIELD.lastIndex = at
      return OPEN_FIELD.test(text) ? "open" : undefined
    }
    fields.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'))
    if (end === "") return fields
  }
}

function notWell(record: string, most: number): string {
  return record.length > most
    ? `has more than ${most} characters`
    : "has a misplaced quotation mark"
}
