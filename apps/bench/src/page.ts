import type { Colors } from "picocolors/types.js"
import wrapAnsi from "wrap-ansi"
import { plusMinus } from "./numbers.ts"
import { type Summary, spread } from "./rounds.ts"

/** No line of any page is longer. */
export const WIDTH = 80

/** A paragraph, broken into lines. */
export function paragraph(text: string): string {
  return wrapAnsi(text, WIDTH)
}

/** The small print under a table: what its words mean. */
export function legend(
  entries: readonly (readonly [term: string, meaning: string])[],
  colors: Colors,
): string {
  return entries
    .map(([term, meaning]) => {
      const lines = wrapAnsi(meaning, WIDTH - INDENT).split("\n")
      return colors.dim(`${term.padEnd(INDENT)}${lines.join(`\n${" ".repeat(INDENT)}`)}`)
    })
    .join("\n")
}

const INDENT = 14

/** Where the times of a page come from. */
export function origin(rounds: number): string {
  return rounds === 1
    ? "one round, in a new process, warm."
    : `median of ${rounds} rounds, each in a new process, warm.`
}

/** How far the rounds are from each other, for the cell beside their median. */
export function deviation(time: Summary): string {
  return time.rounds.length > 1 ? plusMinus(spread(time)) : "once"
}

/** What a page is about, and what its numbers were measured on. */
export function title(text: string, machine: string, colors: Colors): string {
  return `${colors.bold(text)}\n${colors.dim(paragraph(`on ${machine}`))}`
}

/** `hyperboli…(1000)`: a name of at most so many characters, with what stands in brackets. */
export function fitted(name: string, most: number): string {
  if (name.length <= most) return name
  const [, word = "", brackets = ""] = /^(.*?)(\(.*\))?$/.exec(name) ?? []
  return `${word.slice(0, most - 1 - brackets.length)}…${brackets}`
}

/** The parts of a page, with a blank line before, between and after them. */
export function page(...parts: readonly string[]): string {
  return `\n${parts.filter((part) => part !== "").join("\n\n")}\n`
}
