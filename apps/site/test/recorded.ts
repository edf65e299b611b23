import { existsSync } from "node:fs"
import { readFile } from "node:fs/promises"
import { basename, join } from "node:path"

/** Where a recorded trace is, in the folder that `EVICTIONARY_TRACES` names; none is part of this. */
export function recordedTrace(name: string): string | undefined {
  const path = join(process.env.EVICTIONARY_TRACES ?? "", "traces", `${name}.txt.gz`)
  return existsSync(path) ? path : undefined
}

/** What a browser makes of a file that is dropped. */
export async function fileAt(path: string): Promise<File> {
  return new File([await readFile(path)], basename(path))
}
