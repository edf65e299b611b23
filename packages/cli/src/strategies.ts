import type { CacheMaker } from "@evictionary/simulator"
import { Option } from "commander"
import { CacheError, parseConfig, registry, type Strategy } from "evictionary"
import type { Host } from "./host.ts"
import { InputError } from "./input-error.ts"
import { wrong } from "./options.ts"
import { printable } from "./printable.ts"

/** An option that takes strategies; its value is one text for each, with its own options. */
export function strategiesOption(): Option {
  return new Option(
    "--strategy <list>",
    'names or packages, with their own options: lru,slru,protected=0.5 (default: "all")',
  ).argParser((text: string, before: string[] | undefined) => [
    ...(before ?? []),
    ...separated(text),
  ])
}

/** `lru,slru,protected=0.5` is about two strategies: an option belongs to the name before it. */
function separated(text: string): string[] {
  return text
    .split(/,(?![^,]*=)/)
    .map((each) => each.trim())
    .map((each) => each.replace(/\s*,\s*/g, ", "))
}

/** Strategies with a bound, by the names that the results shall have. */
export async function contenders(
  texts: readonly string[] = ["all"],
  host: Host,
): Promise<Record<string, CacheMaker>> {
  const makers = new Map<string, CacheMaker>()
  for (const text of texts.flatMap((text) => (text === "all" ? registry.names : [text]))) {
    const [name = "", ...own] = text.split(", ")
    try {
      const strategy = await registry.load(name, { import: host.import })
      // What has no bound is in every result.
      if (strategy.neverEvicts) continue
      makers.set(
        printable([strategy.strategyName, ...own].join(", ")),
        makerOf(text, own, strategy),
      )
    } catch (error) {
      if (error instanceof CacheError) throw new InputError(inTheirWords(error))
      throw error
    }
  }
  return Object.fromEntries(makers)
}

/** A capacity has to be there for the text to be checked; the real one is for each cache another. */
const SOME_CAPACITY = ", capacity=1"

function makerOf(text: string, own: readonly string[], strategy: Strategy): CacheMaker {
  for (const option of own) {
    const [name = ""] = option.split("=")
    if (strategy.options.includes(name.trim())) continue
    const must = `followed by options of its own (${strategy.options.join(", ") || "it has none"})`
    throw wrong(`--strategy ${strategy.strategyName}`, must, option)
  }
  const { strategy: _, capacity: __, ...options } = parseConfig(text + SOME_CAPACITY)
  return (bounds) => strategy({ ...options, ...bounds })
}

function inTheirWords({ message }: CacheError): string {
  return message.replace(/^`strategy`/, "--strategy").replace(SOME_CAPACITY, "")
}

/** Every strategy by name, a line each, with the options that it adds. */
export function strategiesPage(): string {
  const lines = registry.names.map((name) =>
    [name, ...registry.get(name).options.map((option) => `${option}=…`)].join(", "),
  )
  return lines.join("\n")
}
