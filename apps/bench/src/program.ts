import { Command, CommanderError, Help, type Option } from "commander"
import {
  addCurves,
  addFib,
  addHits,
  addMemoize,
  addMemory,
  addSoak,
  addTiered,
  addTree,
} from "./commands.ts"
import type { Host } from "./host.ts"
import { Failure, type Invocation, print, type Saved } from "./invocation.ts"
import { jsonOption, nearest, tracesOption, UsageError } from "./options.ts"
import { WIDTH } from "./page.ts"
import { printable } from "./printable.ts"
import { checkOut, plan, readChapters, type WholeReport } from "./report/command.ts"
import type { Chapter } from "./report/page.ts"
import { addSpeed } from "./speed-command.ts"

/** Runs a command line, and returns the exit status. */
export async function run(args: readonly string[], host: Host): Promise<number> {
  try {
    await parse(args, host)
    return 0
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return 0
    if (error instanceof Failure) {
      host.err(`error: ${printable(error.message)}`)
      return 1
    }
    if (!(error instanceof UsageError || error instanceof CommanderError)) throw error
    const line = error.message.replace(/^error: /, "").replaceAll("\n", " ")
    host.err(`error: ${printable(line)}`)
    return 2
  }
}

async function parse(args: readonly string[], host: Host): Promise<void> {
  // pnpm, unlike npm, hands on the `--` that separates its own arguments.
  const words = args[0] === "--" ? args.slice(1) : args
  const program = makeProgram({ ...host, words })
  const [first] = words
  const commands = ["help", ...program.commands.map((command) => command.name())]
  // Commander would take an unknown command for an argument of the default one.
  if (first !== undefined && !first.startsWith("-") && !commands.includes(first)) {
    throw new UsageError(`unknown command ${JSON.stringify(first)}${nearest(first, commands)}`)
  }
  await program.parseAsync(words, { from: "user" })
}

function makeProgram(invocation: Invocation): Command {
  const program: Command = new Command("bench")
    .description("Measures what caching buys, with which strategy, at what cost.")
    .exitOverride()
    .configureOutput({
      writeOut: (text) => invocation.out(text.trimEnd()),
      writeErr() {},
      getOutHelpWidth: () => WIDTH,
      getOutHasColors: () => invocation.colors.isColorSupported,
    })
    .configureHelp({
      styleTitle: invocation.colors.bold,
      // The options of the default command are the program's own.
      visibleOptions(command): Option[] {
        return Help.prototype.visibleOptions.call(this, command === program ? fib : command)
      },
    })
  const fib: Command = addFib(program, invocation)
  addTree(program, invocation)
  addSpeed(program, invocation)
  addMemory(program, invocation)
  addMemoize(program, invocation)
  addHits(program, invocation)
  addCurves(program, invocation)
  addTiered(program, invocation)
  addSoak(program, invocation)
  addReport(program, invocation)
  return program.addHelpText("after", EXAMPLES)
}

const EXAMPLES = `
Examples:
  bench                          the comparison on fib(36)
  bench --n 30 --rounds 3        a quicker one
  bench tree 6                   the calls, drawn as a tree
  bench speed --strategies lru   lru alone against everybody else
  bench speed --polymorphic      what it costs to use many strategies at once
  bench speed --with ttl,idle    caches with more than a capacity
  bench report --quick           all of it as a page with plots: report.html
  bench memoize --json           for programs: nothing else on standard output

"bench <command> --help" tells the options of a command; those above are of fib.`

function addReport(program: Command, invocation: Invocation): void {
  program
    .command("report")
    .description(
      "one HTML file with plots and tables of fib, speed, memory, memoize, hits and curves",
    )
    .option("--out <file>", "where to write it", "report.html")
    .option("--from <files...>", "JSON documents of these commands, instead of measuring")
    .option("--quick", "measure less, for a first look")
    .addOption(tracesOption())
    .addOption(jsonOption())
    .action(async ({ out, from, json, ...options }) => {
      checkOut(out)
      const { chapters, failed } = from
        ? { chapters: readChapters(from), failed: [] }
        : await measured(plan(options), invocation)
      // Plots take a while to load, which other commands need not wait for.
      const { htmlPage } = await import("./report/page.ts")
      const report: WholeReport = { command: "report", chapters }
      const page = () => {
        invocation.save(out, htmlPage(chapters, invocation.now().toISOString()))
        return `Wrote ${printable(out)}`
      }
      print(report, json, page, invocation)
      if (failed.length > 0) throw new Failure(`${failed.join(", ")} failed`)
    })
}

/** Runs command lines, one after the other, for their JSON documents. */
async function measured(lines: readonly string[][], invocation: Invocation) {
  const chapters: Saved<Chapter>[] = []
  const failed: string[] = []
  for (const words of lines) {
    const printed: string[] = []
    const status = await run([...words, "--json"], {
      ...invocation,
      out: (text) => printed.push(text),
    })
    if (status !== 0) failed.push(words[0]!)
    chapters.push(...printed.map((text) => JSON.parse(text) as Saved<Chapter>))
  }
  return { chapters, failed }
}
