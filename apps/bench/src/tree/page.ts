import type { Colors } from "picocolors/types.js"
import { integer } from "../numbers.ts"
import { page } from "../page.ts"
import type { TreeReport } from "./command.ts"
import { type Call, tally } from "./trace.ts"

export function treePage({ n, trees }: TreeReport, colors: Colors): string {
  return page(
    ...trees.map(({ name, tree }) => {
      const title = colors.bold(`fib(${n}), ${name}`)
      return [title, "", ...lines(tree, "", "", colors), "", summary(tree, colors)].join("\n")
    }),
  )
}

function lines(call: Call, first: string, rest: string, colors: Colors): string[] {
  const last = call.calls.length - 1
  return [
    colors.dim(first) + line(call, colors),
    ...call.calls.flatMap((inner, i) =>
      i < last
        ? lines(inner, `${rest}├─ `, `${rest}│  `, colors)
        : lines(inner, `${rest}└─ `, `${rest}   `, colors),
    ),
  ]
}

function line({ n, value, how }: Call, colors: Colors): string {
  const text = `fib(${n}) = ${integer(value)}`
  if (how === "computed") return text
  return how === "computed again"
    ? `${colors.dim(text)}  ${colors.yellow("↻ again")}`
    : `${colors.dim(text)}  ${colors.green("← cache")}`
}

function summary(tree: Call, colors: Colors): string {
  const sums = tally(tree)
  const parts = [
    `${integer(sums.computed)} computed`,
    sums["computed again"] > 0 &&
      colors.yellow(`${integer(sums["computed again"])} computed again`),
    sums["read from the cache"] > 0 &&
      colors.green(`${integer(sums["read from the cache"])} read from the cache`),
  ]
  return `${colors.bold(`${integer(sums.calls)} calls`)}: ${parts.filter(Boolean).join(", ")}`
}
