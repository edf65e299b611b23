/// <reference types="node" />
import { createReadStream } from "node:fs"
import { basename } from "node:path"
import { fileURLToPath } from "node:url"
import { type ReadTraceOptions, readTrace, type Trace } from "@evictionary/simulator"

/** What is used of a `URL`, whose type is not everywhere. */
export interface FileUrl {
  readonly href: string
}

/**
 * Reads a trace from the file that has this path or URL, as `readTrace` does. The file is opened when
 * the trace is gone through, each time anew.
 *
 * @throws {CacheError} `INVALID_OPTION` for an option, or if the format is neither given nor to be
 * told from the name. What else there is to throw comes while it is read, `ENOENT` among it.
 *
 * @example
 * ```ts
 * const trace = readTraceFile("requests.csv.zst", { column: "url", sizeColumn: "bytes" })
 * for await (const { keys, sizes } of trace) count(keys, sizes)
 * ```
 */
export function readTraceFile(file: string | FileUrl, options: ReadTraceOptions = {}): Trace {
  const path = typeof file === "string" ? file : fileURLToPath(file.href)
  return readTrace({ name: basename(path), stream: () => createReadStream(path) }, options)
}
