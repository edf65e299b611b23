import { existsSync } from "node:fs"
import { dirname } from "node:path"
import type { AdviseReport } from "./advise/command.ts"
import type { CurveReport } from "./curve/command.ts"
import type { Host } from "./host.ts"
import { InputError } from "./input-error.ts"
import { type OutputOptions, wrong } from "./options.ts"
import { reasonOf } from "./reason.ts"
import type { SimulateReport } from "./simulate/command.ts"

/** What a page can be made of. */
export type Pictured = AdviseReport | CurveReport | SimulateReport

/** Throws if a page cannot be written there, before minutes have gone into it. */
export function checkReport({ report }: OutputOptions): void {
  if (report === undefined || existsSync(dirname(report))) return
  throw wrong("--report", "a file in a folder that there is", report)
}

/** Writes the page of a result that `args` have asked for, if they have asked for one. */
export async function saveReport(
  result: Pictured,
  { report: path }: OutputOptions,
  args: readonly string[],
  host: Host,
): Promise<void> {
  if (path === undefined) return
  // Whoever asks for no page has no use for what draws it.
  const { documentOf } = await import("./document/document.ts")
  const text = documentOf(result, args)
  try {
    host.save(path, text)
  } catch (error) {
    throw new InputError(`${path}: ${reasonOf(error)}`)
  }
}
