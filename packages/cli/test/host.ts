import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { Writable } from "node:stream"
import picocolors from "picocolors"
import { afterAll, beforeAll } from "vitest"
import type { Host } from "../src/host.ts"
import { run } from "../src/program.ts"

/** What a command printed, and its exit status. */
export interface Done {
  readonly status: number
  readonly out: string
  readonly err: string
}

export interface Circumstances extends Partial<Omit<Host, "in">> {
  /** What comes from standard input. */
  readonly in?: string | AsyncIterable<Uint8Array>
}

/** Runs a command line in this process, without colours and without anybody watching. */
export async function evictionary(
  line: string | readonly string[],
  { in: input = "", ...circumstances }: Circumstances = {},
): Promise<Done> {
  const [out, err] = [new Sink(), new Sink()]
  const args = typeof line === "string" ? line.split(" ").filter((word) => word !== "") : line
  const status = await run(args, {
    in: typeof input === "string" ? chunks(input) : input,
    out,
    err,
    watched: false,
    colors: picocolors.createColors(false),
    signal: new AbortController().signal,
    now: () => 0,
    save(path) {
      throw new Error(`nobody has asked for ${path}`)
    },
    import: (name) => Promise.reject(new Error(`no package ${name}`)),
    ...circumstances,
  })
  for (const sink of [out, err]) await new Promise<void>((done) => sink.end(done))
  return { status, out: out.text, err: err.text }
}

/** Keeps what is written. */
export class Sink extends Writable {
  text = ""

  override _write(chunk: Buffer, _encoding: unknown, done: () => void): void {
    this.text += chunk
    done()
  }
}

/** Circumstances in which somebody interrupts as soon as progress tells of a stage. */
export function interruptedAt(stage: string): Circumstances {
  const interrupt = new AbortController()
  let now = 0
  const err = new Sink()
  const write = err._write
  err._write = function (chunk: Buffer, encoding, done) {
    if (chunk.includes(stage)) interrupt.abort()
    write.call(this, chunk, encoding, done)
  }
  return { watched: true, now: () => (now += 1_000), err, signal: interrupt.signal }
}

export async function* chunks(...texts: string[]): AsyncGenerator<Uint8Array> {
  for (const text of texts) yield Buffer.from(text)
}

/** Gives the tests of a file a folder of their own to be in. */
export function inFolder(): void {
  const before = process.cwd()
  const folder = mkdtempSync(join(tmpdir(), "evictionary-"))
  beforeAll(() => process.chdir(folder))
  afterAll(() => {
    process.chdir(before)
    rmSync(folder, { recursive: true })
  })
}
