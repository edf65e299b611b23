import { readdirSync } from "node:fs"
import { join } from "node:path"
import { CacheError } from "@evictionary/core"
import type { Trace } from "@evictionary/simulator"
import { readTraceFile } from "@evictionary/simulator/node"
import { UsageError } from "../options.ts"
import type { NamedTraffic } from "./workloads.ts"

/** The traces in a folder, by name: the files whose names tell how they are written. */
export async function tracesIn(folder: string): Promise<NamedTraffic[]> {
  const found: NamedTraffic[] = []
  for (const file of filesIn(folder)) {
    const traffic = await traceIn(join(folder, file))
    if (traffic !== undefined) found.push({ name: file.replace(ENDINGS, ""), traffic })
  }
  if (found.length > 0) return found
  throw new UsageError(`--traces must be a folder with traces, received ${JSON.stringify(folder)}`)
}

const ENDINGS = /\.[a-z]+(\.(gz|zst))?$/i

function filesIn(folder: string): string[] {
  try {
    return readdirSync(folder).sort()
  } catch (error) {
    throw new UsageError(`--traces must be a folder: ${(error as Error).message}`)
  }
}

/** A trace, or nothing if the name of the file does not tell how it is written. */
async function traceIn(path: string): Promise<Trace | undefined> {
  try {
    const trace = readTraceFile(path)
    return trace.format === "keys" && (await hasSizes(trace))
      ? readTraceFile(path, { format: "sized-keys" })
      : trace
  } catch (error) {
    if (error instanceof CacheError && error.code === "INVALID_OPTION") return undefined
    throw error
  }
}

/** Whether a list of keys has a second number in each line, which is then the size. */
async function hasSizes(trace: Trace): Promise<boolean> {
  for await (const { keys } of trace) return /^\S+ \d+$/.test(String(keys[0]))
  return false
}
