import { readFileSync } from "node:fs"
import { Command, CommanderError, type Option } from "commander"
import { CacheError } from "evictionary"
import { advise } from "./advise/command.ts"
import { adviseForms } from "./advise/page.ts"
import { capacitiesOption, capacityIn, unitOption } from "./capacities.ts"
import { drawCurves } from "./curve/command.ts"
import { curveForms } from "./curve/page.ts"
import { addGenerate } from "./generate/command.ts"
import type { Host } from "./host.ts"
import { checkReport, type Pictured, saveReport } from "./html.ts"
import { InputError } from "./input-error.ts"
import {
  number,
  type OutputOptions,
  outputOptions,
  positive,
  rateIn,
  traceOptions,
} from "./options.ts"
import { WIDTH } from "./page.ts"
import { printable } from "./printable.ts"
import { type Forms, print } from "./report.ts"
import { simulateTraces } from "./simulate/command.ts"
import { simulateForms } from "./simulate/page.ts"
import { strategiesOption, strategiesPage } from "./strategies.ts"

/** The exit status of what was interrupted. */
const INTERRUPTED = 130

/** Runs a command line, and returns the exit status. */
export async function run(args: readonly string[], host: Host): Promise<number> {
  try {
    await makeProgram(args, host).parseAsync(args.length === 0 ? ["--help"] : args, {
      from: "user",
    })
    return host.signal.aborted ? INTERRUPTED : 0
  } catch (error) {
    return statusOf(error, host)
  }
}

function statusOf(error: unknown, host: Host): number {
  const { name, code } = error as NodeJS.ErrnoException
  if (name === "AbortError") return INTERRUPTED
  // Whoever reads only the first lines has read enough.
  if (code === "EPIPE") return 0
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return 0
    if (code === "commander.help") return 1
  }
  const told = messageOf(error)
  if (told === undefined) throw error
  host.err.write(`error: ${printable(told)}\n`)
  return 1
}

/** What to say of an error that is not our fault. */
function messageOf(error: unknown): string | undefined {
  if (error instanceof CommanderError) {
    return error.message.replace(/^error: /, "").replaceAll("\n", " ")
  }
  if (error instanceof RangeError && TOO_MUCH.test(error.message)) {
    return `there is more than fits into memory (${error.message}); --limit takes only the first requests`
  }
  return error instanceof InputError || error instanceof CacheError ? error.message : undefined
}

/** What V8 says where a map, an array or a buffer would become too large. */
const TOO_MUCH = /maximum size exceeded|allocation failed|Invalid (typed )?array length/

function makeProgram(args: readonly string[], host: Host): Command {
  const program = new Command("evictionary")
    .description("Which cache strategy, and how large? Replays your traffic through all of them.")
    .version(versionOf(new URL("../package.json", import.meta.url)))
    .exitOverride()
    .configureOutput({
      writeOut: (text) => host.out.write(text),
      writeErr: (text) => host.err.write(text),
      outputError() {},
      getOutHelpWidth: () => WIDTH,
      getErrHelpWidth: () => WIDTH,
      getOutHasColors: () => host.colors.isColorSupported,
    })
    .configureHelp({ styleTitle: host.colors.bold })
    .addHelpText("after", EXAMPLES)
  const tell: Tell = async (result, forms, options) => {
    print(result, forms, options, host)
    await saveReport(result, options, args, host)
  }
  addSimulate(program, tell, host)
  addAdvise(program, tell, host)
  addCurve(program, tell, host)
  addGenerate(program, host)
  program
    .command("strategies")
    .description("names for --strategy, with their own options")
    .action(() => {
      host.out.write(`${strategiesPage()}\n`)
    })
  return program
}

/** Prints a result, and writes its page if that is asked for. */
type Tell = <Result extends Pictured>(
  result: Result,
  forms: Forms<Result>,
  options: OutputOptions,
) => Promise<void>

const EXAMPLES = `
Examples:
  evictionary simulate access.log --capacity 1%,10%
  evictionary simulate trace.csv.gz --column url --strategy lru,sieve --csv
  evictionary simulate access.log --capacity 64MB --by bytes
  evictionary advise trace.gz --format keys --target 0.9
  evictionary curve access.log --strategy lru,s3-fifo
  evictionary generate zipf | evictionary simulate - --capacity 100,1k

Traces may be compressed by gzip or zstd. Interrupt (Ctrl-C) to see what is
known so far; a second time, to stop at once.`

function addSimulate(program: Command, tell: Tell, host: Host): void {
  const command = program
    .command("simulate")
    .description("hit ratios, beside the best possible")
    .argument("<traces...>", 'files, or "-" for standard input')
    .addOption(capacitiesOption("entries (10k, 2M), bytes (64MB), or % of all (default: 1%,10%)"))
    .addOption(unitOption())
    .addOption(strategiesOption())
    .option("--no-min", "leave out MIN, which takes 4 bytes of memory for a request, 20 by bytes")
  withOptions(command, traceOptions(), outputOptions()).action(
    async (traces: string[], options) => {
      checkReport(options)
      await tell(await simulateTraces(traces, options, host), simulateForms, options)
    },
  )
}

function addAdvise(program: Command, tell: Tell, host: Host): void {
  const command = program
    .command("advise")
    .description("which strategy, and how much room it needs")
    .argument("<trace>", "a file")
    .option(
      "--target <ratio>",
      "the hit ratio to reach, such as 0.9 or 90% (default: 90% of what is possible)",
      number("--target", 0, 1),
    )
    .option(
      "--capacity <size>",
      "the room that there is: entries, bytes, or a percentage of all (default: to be found)",
      capacityIn,
    )
    .addOption(unitOption())
    .addOption(strategiesOption())
  withOptions(command, traceOptions(), outputOptions()).action(async (trace: string, options) => {
    checkReport(options)
    await tell(await advise(trace, options, host), adviseForms, options)
  })
}

function addCurve(program: Command, tell: Tell, host: Host): void {
  const command = program
    .command("curve")
    .description("miss ratios by capacity")
    .argument("<traces...>", 'files, or "-" for standard input')
    .addOption(capacitiesOption("entries, bytes, or % of all (default: 24 of them, up to all)"))
    .addOption(unitOption())
    .addOption(strategiesOption())
    .option("--rate <share>", "of the keys to sample, at first", rateIn, 1)
    .option("--max-keys <count>", "most keys in the sample", positive("--max-keys"), 16_384)
    .option("--exact", "replay everything in full, and tell the error of the estimates")
  withOptions(command, traceOptions(), outputOptions()).action(
    async (traces: string[], options) => {
      checkReport(options)
      await tell(await drawCurves(traces, options, host), curveForms, options)
    },
  )
}

function withOptions(command: Command, ...options: readonly Option[][]): Command {
  for (const option of options.flat()) command.addOption(option)
  return command
}

function versionOf(manifest: URL): string {
  return (JSON.parse(readFileSync(manifest, "utf8")) as { version: string }).version
}
