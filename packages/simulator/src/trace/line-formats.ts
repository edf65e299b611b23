import type { Key } from "../traffic.ts"
import { keyOf, type Requests, sizeOf } from "./requests.ts"

/** Adds what a line asks for to `requests`, or says what is wrong with it. */
export type LineFormat = (line: string, requests: Requests) => string | undefined

/** A line is a key. */
export const keys: LineFormat = (line, requests) => {
  requests.add(keyOf(line))
  return undefined
}

/** A line is a key, a blank, and a size; blanks around these are no part of them. */
export const sizedKeys: LineFormat = (line, requests) => {
  const [, key, digits = ""] = /^(.*\S)\s+(\S+)$/s.exec(line.trim()) ?? []
  const size = sizeOf(digits)
  if (key === undefined || size === undefined) return "is not a key, a blank and a size"
  requests.add(keyOf(key), size)
  return undefined
}

/** The traces of S. Jiang and X. Zhang: a line is a block, or a star, which asks for nothing. */
export const lirs: LineFormat = (line, requests) => {
  const block = line.trim()
  if (block === "*") return undefined
  if (!/^\d+$/.test(block)) return "is not a number"
  requests.add(keyOf(block))
  return undefined
}

/**
 * The traces of N. Megiddo and D. S. Modha: the first block, how many from there on, and two numbers
 * that do not matter.
 */
export const arc: LineFormat = (line, requests) => {
  const [, first, digits] = /^\s*(\d+)\s+(\d+)(?:\s+\d+)*\s*$/.exec(line) ?? []
  if (first === undefined) return "is not a first block, a count and two other numbers"
  const count = Number(digits)
  if (count > LONGEST_RUN) return `has more than ${LONGEST_RUN} blocks`
  const begin = Number(first)
  if (begin + count <= Number.MAX_SAFE_INTEGER) {
    for (let block = begin; block < begin + count; block++) requests.add(keyOfBlock(block))
  } else {
    for (let i = 0; i < count; i++) requests.add(keyOfBlock(BigInt(first) + BigInt(i)))
  }
  return undefined
}

function keyOfBlock(block: bigint | number): Key {
  return typeof block === "number" && (block | 0) === block ? block : String(block)
}

/** More blocks on one line are a mistake, and would take memory without bound. */
const LONGEST_RUN = 1_000_000

/** What Apache and nginx write: the key is method and target, the size that of the response. */
export const log: LineFormat = (line, requests) => {
  const [, method, target, digits] = LOG_LINE.exec(line) ?? []
  if (target === undefined) return "is not of a web server's log"
  requests.add(keyOf(`${method} ${target}`), digits === "-" ? 0 : Number(digits))
  return undefined
}

/**
 * `host user name [time] "GET /path HTTP/1.1" 200 1234`, and what else there may be. Blanks in the
 * target are part of it, since clients do send them.
 */
const LOG_LINE =
  /^[^["]*\[[^\]]*\] "([A-Z]+) ((?:[^"\\]|\\.)+?)(?: HTTP\/\d+(?:\.\d+)?)?" \d{3} (\d{1,15}|-)(?: .*)?$/s
