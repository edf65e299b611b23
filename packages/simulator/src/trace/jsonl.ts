import { isSafeNumber, parse } from "lossless-json"
import type { Columns } from "./fields.ts"
import type { LineFormat } from "./line-formats.ts"
import { keyOf, sizeOf } from "./requests.ts"

/** A line is an object in JSON, or an array. */
export function jsonl({ column, sizeColumn }: Columns): LineFormat {
  return (line, requests) => {
    const object = objectIn(line)
    if (object === undefined) return "is not an object in JSON"
    const key = textIn(object, column)
    if (key === undefined) return `has no key in ${JSON.stringify(column)}`
    if (sizeColumn === undefined) {
      requests.add(keyOf(key))
      return undefined
    }
    const size = sizeOf(textIn(object, sizeColumn) ?? "")
    if (size === undefined) return `has no size in ${JSON.stringify(sizeColumn)}`
    requests.add(keyOf(key), size)
    return undefined
  }
}

/** Where a number may have more digits, or another exponent, than a double can hold. */
const MAY_BE_ROUNDED = /[\d.]{16}|\d[eE]/

function objectIn(line: string): object | undefined {
  try {
    const value: unknown = MAY_BE_ROUNDED.test(line)
      ? parse(line, undefined, EXACT)
      : JSON.parse(line)
    return typeof value === "object" && value !== null ? value : undefined
  } catch {
    return undefined
  }
}

/** A number that would be rounded is its digits: rounded ones would be one key. */
const EXACT = {
  parseNumber: (digits: string) => (isSafeNumber(digits) ? Number(digits) : digits),
  onDuplicateKey: ({ newValue }: { newValue: unknown }) => newValue,
}

/** The text or number in a column, as text. */
function textIn(object: object, column: number | string): string | undefined {
  const name = Array.isArray(object) ? Number(column) - 1 : column
  const value: unknown = Object.hasOwn(object, name) ? object[name as never] : undefined
  return typeof value === "string" || typeof value === "number" ? String(value) : undefined
}
