import { createReadStream } from "node:fs"
import { type BadLine, type Block, readTrace, type TraceFormat } from "@evictionary/simulator"
import type { UnitOptions } from "./capacities.ts"
import type { Host } from "./host.ts"
import { InputError } from "./input-error.ts"
import type { TraceOptions } from "./options.ts"
import { reasonOf } from "./reason.ts"
import { type Source, sourcesOf } from "./sources.ts"

/** So many bad lines are told, the first ones. */
const TOLD = 3

const WITH_SIZES: readonly TraceFormat[] = ["log", "oracleGeneral", "sized-keys"]
const WITH_COLUMNS: readonly TraceFormat[] = ["csv", "jsonl", "tsv"]

/** Lines that were skipped. */
export interface Skipped {
  readonly count: number
  /** The first of them. */
  readonly first: readonly ({ readonly trace: string } & BadLine)[]
}

/** Traces one after the other, as a single one: read each time that it is gone through. */
export class Traces implements AsyncIterable<Block> {
  readonly names: readonly string[]
  private readonly sources: readonly Source[]
  private readonly options: TraceOptions
  private readonly host: Host
  private requests: number
  private bytes: number
  private bad: { count: number; first: ({ trace: string } & BadLine)[] }

  /** @throws {InputError} if one of them is not there, or is in a format that nobody told. */
  constructor(names: readonly string[], options: TraceOptions, host: Host) {
    this.sources = sourcesOf(names, options.format)
    this.names = this.sources.map(({ name }) => name)
    this.options = options
    this.host = host
    this.requests = 0
    this.bytes = 0
    this.bad = { count: 0, first: [] }
  }

  /** Throws unless there are sizes to go by, if it goes by bytes. */
  checkSizes({ by }: UnitOptions): void {
    if (by !== "bytes") return
    for (const { name, format } of this.sources) {
      if (WITH_SIZES.includes(format)) continue
      if (!WITH_COLUMNS.includes(format)) {
        throw new InputError(
          `--by bytes takes sizes, and in the format ${format} of ${name} are none`,
        )
      }
      if (this.options.sizeColumn === undefined) {
        throw new InputError(`--by bytes takes sizes: --size-column must say where, for ${name}`)
      }
    }
  }

  /** The first of them that can be read only once. */
  get passing(): string | undefined {
    return this.sources.find(({ bytes }) => bytes === undefined)?.name
  }

  /** How much of it has been read, from 0 to 1; `undefined` if nobody knows. */
  get share(): number | undefined {
    const { limit = Infinity } = this.options
    const bytes = this.sources.reduce((sum, { bytes = Number.NaN }) => sum + bytes, 0)
    const shares = [this.requests / limit, this.bytes / bytes].filter((share) => share > 0)
    return shares.length === 0 ? undefined : Math.max(...shares)
  }

  /** Lines that the last reading skipped. */
  get skipped(): Skipped {
    return this.bad
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Block> {
    const { limit = Infinity } = this.options
    this.requests = 0
    this.bytes = 0
    this.bad = { count: 0, first: [] }
    for (const source of this.sources) {
      for await (const block of this.read(source)) {
        const left = limit - this.requests
        this.requests += Math.min(left, block.keys.length)
        yield left < block.keys.length ? beginning(block, left) : block
        if (this.requests === limit) return
      }
    }
    if (this.requests === 0) throw new InputError(this.nothing)
  }

  /** What is wrong with a trace that has no request. */
  private get nothing(): string {
    const [bad] = this.bad.first
    const why = bad === undefined ? "" : `: line ${bad.line} ${bad.reason}`
    return `${this.names.join(", ")} has no request${why}`
  }

  private async *read({ name, path, format }: Source): AsyncGenerator<Block> {
    const { column, sizeColumn, encoding, badLines } = this.options
    const onBadLine = badLines === "refuse" ? badLines : (bad: BadLine) => this.skip(name, bad)
    const bytes = this.counted(path === undefined ? this.host.in : createReadStream(path))
    try {
      yield* readTrace(bytes, { format, column, sizeColumn, encoding, onBadLine })
    } catch (error) {
      throw new InputError(`${name}: ${inTheirWords(reasonOf(error))}`, { cause: error })
    }
  }

  private skip(trace: string, bad: BadLine): void {
    this.bad.count++
    if (this.bad.first.length < TOLD) this.bad.first.push({ trace, ...bad })
  }

  private async *counted(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const chunk of source) {
      this.bytes += chunk.length
      yield chunk
    }
  }
}

/** Throws if the keys of these cannot be counted before anything else is done with them. */
export function checkCountable({ passing }: Traces): void {
  if (passing === undefined) return
  throw new InputError(
    `--capacity must be numbers such as 100,10k for ${passing}: ` +
      "percentages are of its keys, and to count those first takes a file",
  )
}

function beginning({ keys, sizes }: Block, requests: number): Block {
  return { keys: keys.slice(0, requests), sizes: sizes?.slice(0, requests) }
}

/** The options of `readTrace` as they are called here. */
function inTheirWords(reason: string): string {
  return reason
    .replace(/^`column`/, "--column")
    .replace(/^`sizeColumn`/, "--size-column")
    .replace("`encoding`", "--encoding")
}
