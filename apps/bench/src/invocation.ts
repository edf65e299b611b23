import type { Host } from "./host.ts"
import { chosenStrategies } from "./options.ts"
import type { FoundStrategy } from "./strategies.ts"

/** What a command is carried out with. */
export interface Invocation extends Host {
  /** The command line, from the name of the command on. */
  words: readonly string[]
}

/** What a JSON document says of itself, beside the report. */
export interface Origin {
  /** When it was printed, as ISO 8601 has it. */
  date: string
  /** The words after `bench` that make such a document, without `--json`. */
  words: string[]
}

/** A report as it stands in a JSON document. */
export type Saved<Report> = Report & Origin

/** The command was carried out, and found something. */
export class Failure extends Error {}

/** Prints a report: its page, or a JSON document. */
export function print<Report>(
  report: Report,
  json: boolean | undefined,
  page: (report: Report, colors: Host["colors"]) => string,
  invocation: Invocation,
): void {
  const origin: Origin = {
    date: invocation.now().toISOString(),
    words: invocation.words.filter((word) => word !== "--json"),
  }
  const document = () => JSON.stringify({ ...report, ...origin }, null, 2)
  invocation.out(json ? document() : page(report, invocation.colors))
}

/** Those of the strategies that are named; all, if none are. */
export async function known(
  names: string | undefined,
  invocation: Invocation,
): Promise<{ strategies: FoundStrategy[] }> {
  return { strategies: chosenStrategies(await invocation.findStrategies(), names) }
}
