import { Readable } from "node:stream"
import { pipeline } from "node:stream/promises"
import { setImmediate } from "node:timers/promises"
import { Argument, type Command, Option } from "commander"
import type { Host } from "../host.ts"
import { integer, positive } from "../options.ts"
import { Progress } from "../progress.ts"
import { mixed } from "./mixture.ts"
import { type Drawn, parameters, workloads } from "./workloads.ts"

/** So many keys are written at a time. */
const BLOCK = 8192

/** Adds the command, with one of its own for each workload. */
export function addGenerate(program: Command, host: Host): void {
  const command = program
    .command("generate")
    .description("made-up traffic, a key a line")
    .addHelpText("after", EXAMPLES)
  for (const [name, { meaning, parameters: own, make }] of Object.entries(workloads)) {
    const one = command.command(name).description(meaning)
    for (const key of own) {
      const { meaning, read, fallback } = parameters[key]
      one.addOption(
        new Option(`--${key} <number>`, meaning).default(fallback).argParser(read(`--${key}`)),
      )
    }
    addDrawn(one).action((options) => write(make(options), options, host))
  }
  const parts = new Argument("<workloads...>", "with their parameters: zipf keys=1k weight=3")
  addDrawn(
    command.command("mixture").description("several workloads at once").addArgument(parts),
  ).action((texts: string[], options) => write(mixed(texts, options), options, host))
}

const EXAMPLES = `
Examples:
  evictionary generate zipf --keys 10k --requests 1M > zipf.keys
  evictionary generate loop --keys 150 | evictionary simulate - --capacity 100
  evictionary generate mixture "zipf keys=1k weight=3" "scan first=1M"

"evictionary generate <workload> --help" tells what it can be told.`

function addDrawn(command: Command): Command {
  return command
    .addOption(
      new Option("--requests <count>", "how many, at most")
        .default(100_000)
        .argParser(positive("--requests")),
    )
    .addOption(
      new Option("--seed <integer>", "of chance: the same, the same requests")
        .default(0)
        .argParser(integer("--seed")),
    )
}

/** Prints keys as fast as they are read. */
async function write(keys: Iterable<number>, { requests }: Drawn, host: Host): Promise<void> {
  const progress = new Progress(host)
  try {
    const text = Readable.from(lines(keys, requests, progress))
    await pipeline(text, host.out, { signal: host.signal, end: false })
  } finally {
    progress.clear()
  }
}

/** Blocks of lines, each in a turn of its own: nothing else waits for a file to be written. */
async function* lines(
  keys: Iterable<number>,
  requests: number,
  progress: Progress,
): AsyncGenerator<string> {
  let block: number[] = []
  let written = 0
  for (const key of keys) {
    if (block.push(key) < BLOCK) continue
    written += BLOCK
    progress.update("generating", written, written / requests)
    yield `${block.join("\n")}\n`
    block = []
    await setImmediate()
  }
  if (block.length > 0) yield `${block.join("\n")}\n`
}
