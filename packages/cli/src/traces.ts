import { createReadStream, statSync } from "node:fs"
import { type BadLine, type Block, readTrace, type TraceFormat } from "@evictionary/simulator"
import type { Host } from "./host.ts"
import { InputError } from "./input-error.ts"
import { FORMATS, type TraceOptions } from "./options.ts"

/** The name by which standard input is meant. */
export const STDIN = "-"

/** So many bad lines are told, the first ones. */
const TOLD = 3

/** Lines that were skipped. */
export interface Skipped {
  readonly count: number
  /** The first of them. */
  readonly first: readonly ({ readonly trace: string } & BadLine)[]
}

/** Traces one after the other, as a single one: read each time that it is gone through. */
export class Traces implements AsyncIterable<Block> {
  readonly names: readonly string[]
  private readonly files: readonly { name: string; format: TraceFormat; bytes: number }[]
  private readonly options: TraceOptions
  private readonly host: Host
  private requests: number
  private bytes: number
  private bad: { count: number; first: ({ trace: string } & BadLine)[] }

  /** @throws {InputError} if one of them is not there, or is in a format that nobody told. */
  constructor(names: readonly string[], options: TraceOptions, host: Host) {
    if (names.filter((name) => name === STDIN).length > 1) {
      throw new InputError(`${JSON.stringify(STDIN)}, standard input, must be given once`)
    }
    this.names = names.map((name) => (name === STDIN ? "standard input" : name))
    this.files = names.map((name) => ({
      name,
      format: options.format ?? formatOf(name),
      bytes: name === STDIN ? Number.NaN : sizeOf(name),
    }))
    this.options = options
    this.host = host
    this.requests = 0
    this.bytes = 0
    this.bad = { count: 0, first: [] }
  }

  /** How much of it has been read, from 0 to 1; `undefined` if nobody knows. */
  get share(): number | undefined {
    const { limit = Infinity } = this.options
    const bytes = this.files.reduce((sum, file) => sum + file.bytes, 0)
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
    for (const { name, format } of this.files) {
      for await (const block of this.read(name, format)) {
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

  private async *read(name: string, format: TraceFormat): AsyncGenerator<Block> {
    const { column, sizeColumn, badLines } = this.options
    const trace = name === STDIN ? "standard input" : name
    const onBadLine = badLines === "refuse" ? badLines : (bad: BadLine) => this.skip(trace, bad)
    const source = name === STDIN ? this.host.in : createReadStream(name)
    try {
      yield* readTrace(this.counted(source), { format, column, sizeColumn, onBadLine })
    } catch (error) {
      throw new InputError(`${trace}: ${reasonOf(error)}`, { cause: error })
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
export function checkCountable(names: readonly string[]): void {
  if (!names.includes(STDIN)) return
  throw new InputError(
    "--capacity must be numbers of entries such as 100,10k for standard input: " +
      "percentages are of its keys, and to count those first takes a file",
  )
}

function formatOf(name: string): TraceFormat {
  if (name === STDIN) return "keys"
  try {
    return readTrace(name).format
  } catch {
    const must = `--format must be one of ${FORMATS.join(", ")}`
    throw new InputError(`${must}, since the name ${JSON.stringify(name)} does not tell it`)
  }
}

function sizeOf(name: string): number {
  try {
    return statSync(name).size
  } catch (error) {
    throw new InputError(`${name}: ${reasonOf(error)}`)
  }
}

function beginning({ keys, sizes }: Block, requests: number): Block {
  return { keys: keys.slice(0, requests), sizes: sizes?.slice(0, requests) }
}

/** What an error says, without what Node adds to `no such file or directory`, in our options. */
function reasonOf(error: unknown): string {
  return (error as Error).message
    .replace(/^E[A-Z]+: (.*?), \w+( '.*')?$/, "$1")
    .replace(/^`column`/, "--column")
    .replace(/^`sizeColumn`/, "--size-column")
}
