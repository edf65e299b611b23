import { Argument, Command, CommanderError, Help, Option } from "commander"
import { measureFib } from "./fib/command.ts"
import { fibPage } from "./fib/page.ts"
import type { Host } from "./host.ts"
import { measureMemoize } from "./memoize/command.ts"
import { memoizePage } from "./memoize/page.ts"
import { rivals as memoizeRivals } from "./memoize/rivals.ts"
import { measureMemory, weighedKeys } from "./memory/command.ts"
import { memoryPage } from "./memory/page.ts"
import {
  chosenStrategies,
  integerOption,
  integerParser,
  integersOption,
  namesOption,
  nearest,
  rivalsOption,
  typed,
  UsageError,
} from "./options.ts"
import { WIDTH } from "./page.ts"
import { measurePolymorphic } from "./polymorphic/command.ts"
import { polymorphicPage } from "./polymorphic/page.ts"
import { soak } from "./soak/command.ts"
import { soakPage } from "./soak/page.ts"
import { measureSpeed } from "./speed/command.ts"
import { speedPage } from "./speed/page.ts"
import { workloadNames } from "./speed/workloads.ts"
import { keyKinds } from "./stores/keys.ts"
import { rivals as cacheRivals } from "./stores/rivals.ts"
import { traceTrees } from "./tree/command.ts"
import { treePage } from "./tree/page.ts"

/** Runs a command line, and returns the exit status. */
export async function run(args: readonly string[], host: Host): Promise<number> {
  try {
    await parse(args, host)
    return 0
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return 0
    if (error instanceof BrokenLaws) {
      host.err(`error: ${error.message}`)
      return 1
    }
    if (!(error instanceof UsageError || error instanceof CommanderError)) throw error
    host.err(`error: ${error.message.replace(/^error: /, "").replaceAll("\n", " ")}`)
    return 2
  }
}

async function parse(args: readonly string[], host: Host): Promise<void> {
  const program = makeProgram(host)
  // pnpm, unlike npm, hands on the `--` that separates its own arguments.
  const words = args[0] === "--" ? args.slice(1) : args
  const [first] = words
  const commands = ["help", ...program.commands.map((command) => command.name())]
  // Commander would take an unknown command for an argument of the default one.
  if (first !== undefined && !first.startsWith("-") && !commands.includes(first)) {
    throw new UsageError(`unknown command ${JSON.stringify(first)}${nearest(first, commands)}`)
  }
  await program.parseAsync(words, { from: "user" })
}

function makeProgram(host: Host): Command {
  const program: Command = new Command("bench")
    .description("Measures what caching buys, with which strategy, at what cost.")
    .exitOverride()
    .configureOutput({
      writeOut: (text) => host.out(text.trimEnd()),
      writeErr() {},
      getOutHelpWidth: () => WIDTH,
      getOutHasColors: () => host.colors.isColorSupported,
    })
    .configureHelp({
      styleTitle: host.colors.bold,
      // The options of the default command are the program's own.
      visibleOptions(command): Option[] {
        return Help.prototype.visibleOptions.call(this, command === program ? fib : command)
      },
    })
  const fib: Command = addFib(program, host)
  addTree(program, host)
  addSpeed(program, host)
  addMemory(program, host)
  addMemoize(program, host)
  addSoak(program, host)
  return program.addHelpText("after", EXAMPLES)
}

const EXAMPLES = `
Examples:
  bench                          the comparison on fib(36)
  bench --n 30 --rounds 3        a quicker one
  bench tree 6                   the calls, drawn as a tree
  bench speed --strategies lru   lru alone against everybody else
  bench speed --polymorphic      what it costs to use many strategies at once
  bench memoize --json           for programs: nothing else on standard output

"bench <command> --help" tells the options of a command; those above are of fib.`

function addFib(program: Command, host: Host): Command {
  return program
    .command("fib", { isDefault: true })
    .description("recursive Fibonacci without and with a cache (the default)")
    .addOption(integerOption("--n", "which Fibonacci number", [1, 40], 36))
    .addOption(capacityOption(128, 10_000))
    .addOption(strategiesOption())
    .addOption(roundsOption(5))
    .addOption(jsonOption())
    .action(async ({ strategies, json, ...options }) => {
      const report = await measureFib({ ...options, ...(await known(strategies, host)) }, host)
      print(report, json, fibPage, host)
    })
}

/** Beyond it, a tree takes more lines than a screen has room for, several times over. */
const MOST_TREE = 10

function addTree(program: Command, host: Host): void {
  program
    .command("tree")
    .description("the calls of fib(n), drawn as a tree, without and with a cache")
    .addArgument(
      new Argument("[n]", "which Fibonacci number")
        .default(6)
        .argParser(integerParser("n", 1, MOST_TREE)),
    )
    .addOption(capacityOption(128, 10_000))
    .addOption(strategiesOption("unbounded"))
    .addOption(jsonOption())
    .action(async (n: number, { capacity, strategies, json }) => {
      const report = await traceTrees({ n, capacity, ...(await known(strategies, host)) })
      print(report, json, treePage, host)
    })
}

/** What `--all` of `bench speed` stands for. */
const EVERYTHING = { keys: [...keyKinds], capacity: [1_000, 100_000] }

function addSpeed(program: Command, host: Host): void {
  const names = keyKinds.map(typed).join(", ")
  program
    .command("speed")
    .description("time per operation, against other caches and Map")
    .addOption(integersOption("--capacity", "of every cache", [1, 100_000], [1_000]))
    .addOption(namesOption("--keys", `kinds of keys: ${names}`, keyKinds, ["int32", "string"]))
    .addOption(namesOption("--workloads", workloadNames.join(", "), workloadNames, workloadNames))
    .addOption(
      new Option("--all", "all kinds of keys, capacities 1000 and 100000: up to two hours").implies(
        EVERYTHING,
      ),
    )
    .addOption(
      new Option(
        "--polymorphic",
        "strategies with all of them warm in one process, against each alone",
      ),
    )
    .addOption(strategiesOption())
    .addOption(rivalsOption(cacheRivals.map(({ name }) => name)))
    .addOption(roundsOption(3))
    .addOption(jsonOption())
    .action(async ({ capacity: capacities, strategies: list, polymorphic, json, ...options }) => {
      const { strategies } = await known(list, host)
      const chosen = { ...options, capacities, strategies }
      if (polymorphic) {
        const everyStrategy = await host.findStrategies()
        print(
          await measurePolymorphic({ ...chosen, everyStrategy }, host),
          json,
          polymorphicPage,
          host,
        )
      } else {
        print(await measureSpeed(chosen, host), json, speedPage, host)
      }
    })
}

function addMemory(program: Command, host: Host): void {
  program
    .command("memory")
    .description("bytes per entry and of an empty cache, against other caches and Map")
    .addOption(
      integerOption("--entries", "and capacity of the full caches", [1_000, 1_000_000], 200_000),
    )
    .addOption(namesOption("--keys", weighedKeys.join(", "), weighedKeys, weighedKeys))
    .addOption(strategiesOption())
    .addOption(rivalsOption(cacheRivals.map(({ name }) => name)))
    .addOption(jsonOption())
    .action(async ({ strategies, json, ...options }) => {
      const report = await measureMemory({ ...options, ...(await known(strategies, host)) }, host)
      print(report, json, memoryPage, host)
    })
}

function addMemoize(program: Command, host: Host): void {
  program
    .command("memoize")
    .description("time per memoized call, against other memoizers")
    .addOption(strategiesOption())
    .addOption(rivalsOption(memoizeRivals.map(({ name }) => name)))
    .addOption(roundsOption(3))
    .addOption(jsonOption())
    .action(async ({ strategies, json, ...options }) => {
      const report = await measureMemoize({ ...options, ...(await known(strategies, host)) }, host)
      print(report, json, memoizePage, host)
    })
}

function addSoak(program: Command, host: Host): void {
  program
    .command("soak")
    .description("the laws of conformance, for as long as asked")
    .addOption(integerOption("--runs", "examples for each law", [1, 10_000_000], 1_000))
    .addOption(
      integerOption("--seed", "of the random examples", [-(2 ** 31), 2 ** 31 - 1], Date.now() | 0),
    )
    .addOption(strategiesOption(undefined, "--strategy"))
    .addOption(jsonOption())
    .action(async ({ strategy, json, ...options }) => {
      const report = await soak({ ...options, ...(await known(strategy, host)) }, host)
      print(report, json, soakPage, host)
      const broken = report.rows.filter((row) => row.broken.length > 0)
      if (broken.length > 0) {
        throw new BrokenLaws(`laws are broken by ${broken.map((row) => row.strategy).join(", ")}`)
      }
    })
}

/** The command was carried out, and found something. */
class BrokenLaws extends Error {}

function capacityOption(fallback: number, most: number): Option {
  return integerOption("--capacity", "of every cache that has one", [1, most], fallback)
}

function roundsOption(fallback: number): Option {
  return integerOption("--rounds", "how often to measure everything", [1, 100], fallback)
}

function strategiesOption(fallback?: string, flag = "--strategies"): Option {
  const option = new Option(`${flag} <names>`, "only these, separated by commas")
  return fallback === undefined ? option : option.default(fallback)
}

function jsonOption(): Option {
  return new Option("--json", "print one JSON document")
}

async function known(names: string | undefined, host: Host) {
  return { strategies: chosenStrategies(await host.findStrategies(), names) }
}

function print<Report>(
  report: Report,
  json: boolean | undefined,
  page: (report: Report, colors: Host["colors"]) => string,
  host: Host,
): void {
  host.out(json ? JSON.stringify(report, null, 2) : page(report, host.colors))
}
