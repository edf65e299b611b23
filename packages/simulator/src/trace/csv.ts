import type { Block } from "../traffic.ts"
import type { BadLines } from "./bad-lines.ts"
import { type Columns, Fields } from "./fields.ts"
import { Requests } from "./requests.ts"

/**
 * Fields between commas, in quotation marks where they contain one, or the end of a line (RFC 4180).
 *
 * A record that is not well formed costs its first line: the others, over which a quotation mark that
 * nobody closed has led, are read again. The libraries that there are go on after them.
 */
export async function* csv(
  groups: AsyncIterable<string[]>,
  columns: Columns,
  bad: BadLines,
  most: number,
): AsyncGenerator<Block> {
  const fields = new Fields(columns)
  const requests = new Requests()
  const records = new Records(bad, most, (record) => fields.read(record, requests))
  for await (const lines of groups) {
    for (const line of lines) {
      records.add(line)
      if (requests.enough) yield requests.take()
    }
  }
  records.end()
  yield requests.take()
}

/** Does what a record asks for, or says what is wrong with it. */
type Read = (fields: readonly string[]) => string | undefined

/**
 * Puts records together from lines, in linear time: one that is open at the end of its first line has
 * an odd number of quotation marks there, and ends, well or not, by the next line that has an odd
 * number. Between the two no line opens another one, so none is read a third time.
 */
class Records {
  private readonly bad: BadLines
  private readonly most: number
  private readonly read: Read
  /** How many lines there were. */
  private number: number
  /** What has not ended. */
  private open: Record | undefined

  constructor(bad: BadLines, most: number, read: Read) {
    this.bad = bad
    this.most = most
    this.read = read
    this.number = 0
    this.open = undefined
  }

  add(line: string): void {
    if (this.open === undefined && line.length <= this.most && !line.includes('"')) {
      this.number++
      if (line !== "") this.finish(line.split(","), this.number, line)
    } else {
      this.addAll([line])
    }
  }

  /** There are no more lines. */
  end(): void {
    while (this.open !== undefined) this.addAll(this.refused(this.open, NOT_CLOSED))
  }

  /** The last one first. */
  private addAll(lines: string[]): void {
    while (lines.length > 0) {
      const line = lines.pop()!
      this.number++
      if (this.open === undefined && line === "") continue
      const record = this.open ?? new Record(this.number)
      this.open = undefined
      const state = record.add(line)
      if (record.length > this.most) {
        const reason =
          record.lines.length > 1 ? NOT_CLOSED : `has more than ${this.most} characters`
        for (const again of this.refused(record, reason)) lines.push(again)
      } else if (state === "misplaced") {
        for (const again of this.refused(record, MISPLACED)) lines.push(again)
      } else if (state === "open") {
        this.open = record
      } else {
        this.finish(record.fields, record.number, record.lines.join("\n"))
      }
    }
  }

  private finish(fields: readonly string[], number: number, text: string): void {
    const reason = this.read(fields)
    if (reason !== undefined) this.bad.add(number, reason, text)
  }

  /** The lines after the first one, which are to be read again, the last one first. */
  private refused({ number, lines }: Record, reason: string): string[] {
    this.open = undefined
    this.bad.add(number, reason, lines[0]!)
    this.number = number
    return lines.slice(1).reverse()
  }
}

const MISPLACED = "has a misplaced quotation mark"
const NOT_CLOSED = "has a quotation mark that is not closed"

/** One record, line by line. */
class Record {
  /** The number of its first line. */
  readonly number: number
  readonly lines: string[]
  readonly fields: string[]
  /** Characters of all its lines, and of the ends between them. */
  length: number
  /** What there is of a field whose quotation mark has not been closed. */
  private quoted: string[] | undefined

  constructor(number: number) {
    this.number = number
    this.lines = []
    this.fields = []
    this.length = -1
    this.quoted = undefined
  }

  /** Goes on in the next line. */
  add(line: string): "ended" | "misplaced" | "open" {
    this.lines.push(line)
    this.length += line.length + 1
    for (let at = 0; ; at++) {
      if (this.quoted !== undefined || line[at] === '"') {
        const begin = this.quoted === undefined ? at + 1 : at
        const end = closing(line, begin)
        this.quoted ??= []
        this.quoted.push(line.slice(begin, end))
        if (end === line.length) return "open"
        this.fields.push(this.quoted.join("\n").replaceAll('""', '"'))
        this.quoted = undefined
        at = end + 1
      } else {
        const comma = line.indexOf(",", at)
        const field = line.slice(at, comma < 0 ? line.length : comma)
        if (field.includes('"')) return "misplaced"
        this.fields.push(field)
        at += field.length
      }
      if (at === line.length) return "ended"
      if (line[at] !== ",") return "misplaced"
    }
  }
}

/** Where the quotation mark is that closes a field; the end of the line if it is not there. */
function closing(line: string, from: number): number {
  let at = line.indexOf('"', from)
  // Two are one of the field.
  while (at >= 0 && line[at + 1] === '"') at = line.indexOf('"', at + 2)
  return at < 0 ? line.length : at
}
