import * as v from "valibot"
import { DURATION, millisecondsOf } from "./duration.ts"
import type { ReadOptions, WrittenOptions } from "./options.ts"

const COUNT = "a non-negative integer or Infinity"
const SPAN = 'a duration such as "5m", or a non-negative number of milliseconds'
const SHARE = "a number from 0 to 1"

/**
 * What the options must be; the message of an issue completes "must be". Made when it is asked
 * for, so that importing this module does nothing.
 */
export function optionsSchema(): v.GenericSchema<WrittenOptions, ReadOptions> {
  const count = v.pipe(
    v.number(COUNT),
    v.minValue(0, COUNT),
    v.check((count) => count === Infinity || Number.isSafeInteger(count), COUNT),
  )
  const milliseconds = v.pipe(v.number(SPAN), v.minValue(0, SPAN))
  const text = v.pipe(v.string(SPAN), v.regex(DURATION, SPAN), v.transform(millisecondsOf))
  const span = v.union([milliseconds, text], SPAN)
  return v.object({
    capacity: v.optional(v.pipe(count, v.description("The most entries. 0 stores nothing."))),
    maxWeight: v.optional(
      v.pipe(count, v.description("The most weight, in the unit of `weigher`.")),
    ),
    ttl: v.optional(
      v.pipe(
        span,
        v.description(
          'Time to live: milliseconds, or such as "5m", "1h30m", "250ms". 0 stores nothing.',
        ),
      ),
    ),
    idle: v.optional(
      v.pipe(
        span,
        v.description("How long an entry may go unused; written as `ttl`. 0 stores nothing."),
      ),
    ),
    jitter: v.optional(
      v.pipe(
        v.number(SHARE),
        v.minValue(0, SHARE),
        v.maxValue(1, SHARE),
        v.description("Up to this share of each time to live is taken off at random."),
      ),
    ),
    purge: v.optional(
      v.pipe(
        v.picklist(["lazy", "timer"], '"lazy" or "timer"'),
        v.description("When expired entries are removed: in passing, or by a timer as well."),
      ),
    ),
  })
}
