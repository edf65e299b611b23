import { Argument, type Command } from "commander"
import { measureAsync } from "./async/command.ts"
import { asyncPage } from "./async/page.ts"
import { asyncRivals } from "./async/rivals.ts"
import { drawCurves } from "./curves/command.ts"
import { curvesPage } from "./curves/page.ts"
import { measureFib } from "./fib/command.ts"
import { fibPage } from "./fib/page.ts"
import { fibView } from "./fib/view.ts"
import { replayHits } from "./hits/command.ts"
import { hitsPage } from "./hits/page.ts"
import { Failure, type Invocation, known, print } from "./invocation.ts"
import { measureMemoize } from "./memoize/command.ts"
import { memoizePage } from "./memoize/page.ts"
import { rivals as memoizeRivals } from "./memoize/rivals.ts"
import { measureMemory, weighedKeys } from "./memory/command.ts"
import { memoryPage } from "./memory/page.ts"
import {
  cachesOption,
  capacityOption,
  integerOption,
  integerParser,
  integersOption,
  jsonOption,
  namesOption,
  requestsOption,
  rivalsOption,
  roundsOption,
  strategiesOption,
  tracesOption,
} from "./options.ts"
import { soakPage } from "./soak/page.ts"
import { costPage, failuresPage, tieredSoakPage } from "./tiered/pages.ts"
import { traceTrees } from "./tree/command.ts"
import { treePage } from "./tree/page.ts"

// What takes a while to load, such as laws and clients of servers, only its own command waits for.

export function addFib(program: Command, invocation: Invocation): Command {
  return program
    .command("fib", { isDefault: true })
    .description("recursive Fibonacci without and with a cache (the default)")
    .addOption(integerOption("--n", "which Fibonacci number", [1, 40], 36))
    .addOption(capacityOption(128, 10_000))
    .addOption(strategiesOption())
    .addOption(roundsOption(3))
    .addOption(jsonOption())
    .action(async ({ strategies, json, ...options }) => {
      const chosen = { ...options, ...(await known(strategies, invocation)) }
      const view = json ? undefined : fibView(chosen, invocation)
      print(await measureFib(chosen, invocation, view), json, fibPage, invocation)
    })
}

/** Beyond it, a tree takes more lines than a screen has room for, several times over. */
const MOST_TREE = 10

export function addTree(program: Command, invocation: Invocation): void {
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
      const report = await traceTrees({ n, capacity, ...(await known(strategies, invocation)) })
      print(report, json, treePage, invocation)
    })
}

export function addMemory(program: Command, invocation: Invocation): void {
  program
    .command("memory")
    .description("bytes per entry and of an empty cache, against other caches and Map")
    .addOption(
      integerOption("--entries", "and capacity of the full caches", [1_000, 1_000_000], 200_000),
    )
    .addOption(namesOption("--keys", weighedKeys.join(", "), weighedKeys, weighedKeys))
    .addOption(strategiesOption())
    .addOption(cachesOption())
    .addOption(jsonOption())
    .action(async ({ strategies, json, ...options }) => {
      const report = await measureMemory(
        { ...options, ...(await known(strategies, invocation)) },
        invocation,
      )
      print(report, json, memoryPage, invocation)
    })
}

export function addMemoize(program: Command, invocation: Invocation): void {
  program
    .command("memoize")
    .description("time per memoized call, against other memoizers")
    .option("--async", "functions that return promises: hits, joins and misses")
    .addOption(strategiesOption())
    .addOption(rivalsOption([...memoizeRivals, ...asyncRivals].map(({ name }) => name)))
    .addOption(roundsOption(3))
    .addOption(jsonOption())
    .action(async ({ strategies, async: promises, json, ...options }) => {
      const chosen = { ...options, ...(await known(strategies, invocation)) }
      if (promises) {
        print(await measureAsync(chosen, invocation), json, asyncPage, invocation)
      } else {
        print(await measureMemoize(chosen, invocation), json, memoizePage, invocation)
      }
    })
}

export function addHits(program: Command, invocation: Invocation): void {
  program
    .command("hits")
    .description("hit ratios of all strategies, beside the best possible")
    .addOption(requestsOption())
    .addOption(tracesOption())
    .addOption(
      integersOption(
        "--capacity",
        "of every cache (default: shares of the keys, or what golden/hits.csv has)",
        [1, 10_000_000],
      ),
    )
    .addOption(strategiesOption())
    .addOption(jsonOption())
    .action(async ({ strategies, capacity: capacities, json, ...options }) => {
      const chosen = { ...options, capacities, ...(await known(strategies, invocation)) }
      const report = await replayHits(chosen, invocation)
      print(report, json, hitsPage, invocation)
      const { different = [], compared } = report.golden ?? {}
      if (different.length > 0) {
        throw new Failure(`${different.length} of ${compared} rows of golden/hits.csv differ`)
      }
    })
}

export function addCurves(program: Command, invocation: Invocation): void {
  program
    .command("curves")
    .description("miss ratios of all strategies, from little room to room for all")
    .addOption(requestsOption())
    .addOption(tracesOption())
    .addOption(strategiesOption())
    .addOption(jsonOption())
    .action(async ({ strategies, json, ...options }) => {
      const chosen = { ...options, ...(await known(strategies, invocation)) }
      print(await drawCurves(chosen, invocation), json, curvesPage, invocation)
    })
}

export function addSoak(program: Command, invocation: Invocation): void {
  program
    .command("soak")
    .description("the laws of conformance, for as long as asked")
    .addOption(integerOption("--runs", "examples for each law in a pass", [1, 10_000_000], 1_000))
    .addOption(integerOption("--minutes", "begin passes for so long", [0, 100_000], 0))
    .addOption(
      integerOption("--seed", "of the random examples", [-(2 ** 31), 2 ** 31 - 1], Date.now() | 0),
    )
    .addOption(strategiesOption(undefined, "--strategy"))
    .option("--law <words>", "only laws that have these words in their titles")
    .addOption(jsonOption())
    .action(async ({ strategy, json, ...options }) => {
      const { soak } = await import("./soak/command.ts")
      const report = await soak({ ...options, ...(await known(strategy, invocation)) }, invocation)
      print(report, json, soakPage, invocation)
      const broken = report.rows.filter((row) => row.broken.length > 0)
      if (broken.length > 0) {
        throw new Failure(`laws are broken by ${broken.map((row) => row.strategy).join(", ")}`)
      }
    })
}

export function addTiered(program: Command, invocation: Invocation): void {
  program
    .command("tiered")
    .description("a cache in front of a server: its cost, what failures do to it, or a soak")
    .addArgument(
      new Argument("[what]", "what to look at").choices(["cost", "faults", "soak"]).default("cost"),
    )
    .addOption(roundsOption(3))
    .addOption(integerOption("--minutes", "how long to soak", [1, 10_000], 30))
    .option("--lease", "soak with a lease")
    .addOption(jsonOption())
    .action(async (what: string, { json, rounds, minutes, lease = false }) => {
      if (what === "soak") {
        const { soakTiers } = await import("./tiered/soak.ts")
        const report = await soakTiers({ minutes, lease }, invocation)
        print(report, json, tieredSoakPage, invocation)
        if (report.counts.violations.length > 0) throw new Failure("a promise was broken")
      } else if (what === "faults") {
        const { failTiers } = await import("./tiered/failures.ts")
        print(await failTiers(invocation), json, failuresPage, invocation)
      } else {
        const { measureTiers } = await import("./tiered/cost.ts")
        print(await measureTiers({ rounds }, invocation), json, costPage, invocation)
      }
    })
}
