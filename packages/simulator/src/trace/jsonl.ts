import type { Columns } from "./fields.ts"
import type { LineFormat } from "./line-formats.ts"
import { keyOf, sizeOf } from "./requests.ts"

/** A line is an object in JSON. */
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

function objectIn(line: string): object | undefined {
  try {
    const value: unknown = JSON.parse(line)
    return typeof value === "object" && value !== null ? value : undefined
  } catch {
    return undefined
  }
}

/** The text or number under a name, as text. A number that JSON has rounded would be many keys. */
function textIn(object: object, name: number | string): string | undefined {
  const value: unknown = Object.hasOwn(object, name) ? object[name as never] : undefined
  if (typeof value === "string") return value
  const exact = typeof value === "number" && Math.abs(value) <= Number.MAX_SAFE_INTEGER
  return exact ? String(value) : undefined
}
