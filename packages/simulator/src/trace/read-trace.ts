import { checkCount, invalid } from "@evictionary/core"
import { type ByteStream, chunksOf, pause } from "../platform.ts"
import type { Block } from "../traffic.ts"
import { BadLines, type OnBadLine } from "./bad-lines.ts"
import { type Compression, decompressed } from "./compression.ts"
import { csv } from "./csv.ts"
import { type ColumnName, type Columns, tsv } from "./fields.ts"
import { jsonl } from "./jsonl.ts"
import { arc, keys, type LineFormat, lirs, log, sizedKeys } from "./line-formats.ts"
import { type Encoding, linesOf } from "./lines.ts"
import { oracleGeneral } from "./oracle-general.ts"
import { Requests } from "./requests.ts"

/** How a trace is written: see the table in the README. */
export type TraceFormat =
  | "arc"
  | "csv"
  | "jsonl"
  | "keys"
  | "lirs"
  | "log"
  | "oracleGeneral"
  | "sized-keys"
  | "tsv"

export interface ReadTraceOptions {
  /** How it is written; if the name of the file tells, this may be left out. */
  format?: TraceFormat | undefined
  /** How it is compressed; by default its first bytes tell. */
  compression?: Compression | undefined
  /**
   * For csv, tsv and jsonl, where the key is: a name in the first line or in each object, `"key"` by
   * default, or, in lines without names, a number from 1 on.
   */
  column?: ColumnName | undefined
  /** Where the size in bytes is, in the same way; without this, sizes are not read. */
  sizeColumn?: ColumnName | undefined
  /** How its bytes stand for text: `"utf-8"` by default. With `"latin1"`, each is a character. */
  encoding?: Encoding | undefined
  /** What to do with a line that is not of the format: `"refuse"` by default. */
  onBadLine?: OnBadLine | undefined
  /** The most characters that a line may have, 65,536 by default; longer ones are bad. */
  maxLineLength?: number | undefined
}

/** A trace that is read each time it is gone through, a block at a time. */
export interface Trace extends AsyncIterable<Block> {
  readonly format: TraceFormat
  /** Bad lines met so far in the last reading. */
  readonly badLines: number
}

/** Bytes as they come: an iterable of chunks, or a `ReadableStream`. */
export type ByteSource = AsyncIterable<Uint8Array> | ByteStream

/** Bytes that can be read again and again. In browsers, a `File` is such a thing. */
export interface TraceFile {
  /** Tells the format, unless the options do. */
  readonly name?: string
  stream(): ByteSource
}

/** Where a trace is: in a file, or in bytes that come only once. */
export type TraceSource = ByteSource | TraceFile

/**
 * Reads a trace of requests from a `File`, or from a stream of bytes, as it is asked for: memory does
 * not depend on its length. (A file at some path is read by `@evictionary/simulator/node`.) Empty lines are skipped. A key that is written as an integer of 32 bits
 * is a number, every other one is text.
 *
 * @throws {CacheError} `INVALID_ARGUMENT` if `source` is none; `INVALID_OPTION` for an option, or if
 * the format is neither given nor to be told from the name. While it is read, {@link TraceError} for a bad line that is not to be skipped,
 * for bytes that are no text, and for a file of another kind; and what files, streams and
 * decompression throw.
 *
 * @example
 * ```ts
 * const trace = readTrace(input.files[0], { column: "url", sizeColumn: "bytes" })
 * for await (const { keys, sizes } of trace) count(keys, sizes)
 * ```
 */
export function readTrace(source: TraceSource, options: ReadTraceOptions = {}): Trace {
  return new TraceReader(source, options)
}

/** Formats of text, one line after the other. */
const LINE_FORMATS: Partial<Record<TraceFormat, (columns: Columns) => LineFormat>> = {
  arc: () => arc,
  jsonl,
  keys: () => keys,
  lirs: () => lirs,
  log: () => log,
  "sized-keys": () => sizedKeys,
  tsv,
}

/** What the names of files in a format look like, without that of the compression. */
const NAMES: readonly [RegExp, TraceFormat][] = [
  [/\.lis$/, "arc"],
  [/\.csv$/, "csv"],
  [/\.(jsonl|ndjson)$/, "jsonl"],
  [/\.(keys|txt)$/, "keys"],
  [/\.(lirs|trc)$/, "lirs"],
  [/\.log(\.\d+)?$|access_log/, "log"],
  [/\.oracleGeneral(\.bin)?$/, "oracleGeneral"],
  [/\.tsv$/, "tsv"],
]

const FORMATS: readonly string[] = [...Object.keys(LINE_FORMATS), "csv", "oracleGeneral"].sort()

const ENCODINGS: readonly Encoding[] = ["utf-8", "latin1"]

class TraceReader implements Trace {
  readonly format: TraceFormat
  private readonly source: TraceSource
  private readonly compression: Compression | undefined
  private readonly onBadLine: OnBadLine
  private readonly parse: Parse
  private bad: BadLines

  constructor(source: TraceSource, options: ReadTraceOptions) {
    const { format, compression, column = "key", sizeColumn, encoding = "utf-8" } = options
    const { onBadLine = "refuse", maxLineLength = 2 ** 16 } = options
    if (!isFile(source) && !isBytes(source)) {
      const must = "a file or bytes (for a path, see `@evictionary/simulator/node`)"
      throw invalid("INVALID_ARGUMENT", "source", must, source)
    }
    checkCount("INVALID_OPTION", "maxLineLength", maxLineLength)
    if (compression !== undefined && !["gz", "none", "zst"].includes(compression)) {
      throw invalid("INVALID_OPTION", "compression", '"gz", "none" or "zst"', compression)
    }
    if (!ENCODINGS.includes(encoding)) {
      throw invalid("INVALID_OPTION", "encoding", '"utf-8" or "latin1"', encoding)
    }
    checkColumn("column", column)
    checkColumn("sizeColumn", sizeColumn)
    this.format = format ?? formatByName(source)
    if (!FORMATS.includes(this.format)) {
      throw invalid("INVALID_OPTION", "format", `one of ${FORMATS.join(", ")}`, format)
    }
    this.source = source
    this.compression = compression
    this.onBadLine = onBadLine
    this.parse = parserOf(this.format, { column, sizeColumn }, encoding, maxLineLength)
    this.bad = new BadLines(onBadLine)
  }

  get badLines(): number {
    return this.bad.count
  }

  [Symbol.asyncIterator](): AsyncIterableIterator<Block> {
    const reading: Reading = { isOver: false }
    const blocks = this.read(reading)
    return {
      next: () => blocks.next(),
      return(value) {
        // A generator learns of that when it has something to give, which may be never.
        reading.isOver = true
        return blocks.return(value)
      },
      [Symbol.asyncIterator]() {
        return this
      },
    }
  }

  private async *read(reading: Reading): AsyncGenerator<Block> {
    const { source } = this
    this.bad = new BadLines(this.onBadLine)
    const bytes = isFile(source) ? source.stream() : source
    const chunks = inTurns(Symbol.asyncIterator in bytes ? bytes : chunksOf(bytes), reading)
    yield* this.parse(inTurns(decompressed(chunks, this.compression), reading), this.bad)
  }
}

/** Whether who reads has had enough. */
interface Reading {
  isOver: boolean
}

/** Makes requests of what is written. */
type Parse = (bytes: AsyncIterable<Uint8Array>, bad: BadLines) => AsyncGenerator<Block>

function parserOf(format: TraceFormat, columns: Columns, encoding: Encoding, most: number): Parse {
  if (format === "oracleGeneral") return oracleGeneral
  const makeLineFormat = LINE_FORMATS[format]
  return (bytes, bad) => {
    const lines = linesOf(bytes, encoding, most)
    if (makeLineFormat === undefined) return csv(lines, columns, bad, most)
    return byLine(lines, makeLineFormat(columns), bad, most)
  }
}

/** So many bytes are read in one go. */
const GO = 2 ** 16

/** A little at a time: other work comes in between, and signals, whatever the source. */
async function* inTurns(
  bytes: AsyncIterable<Uint8Array>,
  reading: Reading,
): AsyncGenerator<Uint8Array> {
  for await (const chunk of bytes) {
    for (let at = 0; at < chunk.length; at += GO) {
      yield chunk.subarray(at, at + GO)
      await pause()
      if (reading.isOver) return
    }
  }
}

async function* byLine(
  groups: AsyncIterable<string[]>,
  format: LineFormat,
  bad: BadLines,
  most: number,
): AsyncGenerator<Block> {
  const requests = new Requests()
  let number = 0
  for await (const lines of groups) {
    for (const line of lines) {
      number++
      if (line === "") continue
      const reason =
        line.length > most ? `has more than ${most} characters` : format(line, requests)
      if (reason !== undefined) bad.add(number, reason, line)
      if (requests.enough) yield requests.take()
    }
  }
  yield requests.take()
}

function checkColumn(option: string, column: ColumnName | undefined): void {
  if (column === undefined || typeof column === "string") return
  if (!Number.isSafeInteger(column) || column < 1) {
    throw invalid("INVALID_OPTION", option, "a name, or a positive integer", column)
  }
}

function isFile(source: TraceSource): source is TraceFile {
  return typeof (source as Partial<TraceFile> | null)?.stream === "function"
}

function isBytes(source: TraceSource): boolean {
  if (typeof source !== "object" || source === null) return false
  return Symbol.asyncIterator in source || "getReader" in source
}

function formatByName(source: TraceSource): TraceFormat {
  const name = isFile(source) ? source.name : undefined
  const found = NAMES.find(([pattern]) => name && pattern.test(name.replace(/\.(gz|zst)$/, "")))
  if (found !== undefined) return found[1]
  throw invalid("INVALID_OPTION", "format", `one of ${FORMATS.join(", ")}`, undefined)
}
