import { mixture, type Part } from "@evictionary/simulator"
import { number, oneOf } from "../options.ts"
import { type Drawn, type Parameters, parameters, taken, workloads } from "./workloads.ts"

/** Parts of a mixture, each a text such as `zipf keys=1000 weight=3`. */
export function mixed(texts: readonly string[], { requests, seed }: Drawn): Iterable<number> {
  // Each has a seed of its own: from the same one, chance would be the same for all of them.
  return taken(
    mixture(
      texts.map((text, i) => partFrom(text, seed + i + 1)),
      { seed },
    ),
    requests,
  )
}

function partFrom(text: string, seed: number): Part {
  const [name = "", ...words] = text.trim().split(/[\s,]+/)
  const workload = workloads[oneOf("workload", Object.keys(workloads))(name)]!
  const options: Partial<Record<string, number>> = {}
  for (const key of workload.parameters) options[key] = parameters[key].fallback
  const known = ["weight", ...workload.parameters]
  for (const word of words) {
    const [key = "", value = ""] = word.split("=")
    oneOf(`parameter of ${name}`, known)(key)
    const read = key === "weight" ? number(key, 0, Number.MAX_VALUE) : parameterOf(key)
    options[key] = read(value)
  }
  const { weight = 1, ...own } = options
  return {
    workload: workload.make({ ...(own as unknown as Parameters), requests: Infinity, seed }),
    weight,
  }
}

function parameterOf(key: string): (text: string) => number {
  return parameters[key as keyof Parameters].read(key)
}
