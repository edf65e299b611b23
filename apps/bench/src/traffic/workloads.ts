import {
  fibonacci,
  loop,
  mixture,
  scan,
  shiftingHotSet,
  type Traffic,
  uniform,
  zipf,
} from "@evictionary/simulator"
import { plainCalls } from "../fib/functions.ts"

/** Requests to replay, the same each time. */
export interface NamedTraffic {
  name: string
  /** What it is, for the legend; none of a recorded trace. */
  meaning?: string
  traffic: Traffic
}

/** Made-up traffic of so many requests each: what is good for one strategy is bad for another. */
export function workloads(requests: number): NamedTraffic[] {
  const keys = Math.ceil(requests / 10)
  const few = Math.ceil(keys / 10)
  const apart = 1_000_000_000
  const n = fibWithin(requests)
  const popular = zipf({ keys, requests: Math.round((2 / 3) * requests), seed: 3 })
  return [
    {
      name: "zipf",
      meaning: "a few keys are asked for very often: Zipf's law, exponent 1",
      traffic: zipf({ keys, requests, seed: 1 }),
    },
    {
      name: "flat zipf",
      meaning: "the same with exponent 0.7, so that popular keys are less so",
      traffic: zipf({ keys, requests, exponent: 0.7, seed: 2 }),
    },
    {
      name: "one-hit keys",
      meaning: "zipf, and each third request for a key that never comes again",
      traffic: mixture(
        [{ workload: popular, weight: 2 }, { workload: scan({ requests, first: apart }) }],
        { seed: 4 },
      ),
    },
    {
      name: "hot set",
      meaning: "nine in ten requests are for 1% of the keys, and these change ten times",
      traffic: shiftingHotSet({
        keys,
        requests,
        hot: Math.ceil(keys / 100),
        every: Math.ceil(requests / 10),
        seed: 5,
      }),
    },
    {
      name: "loop",
      meaning: "all keys in turn, again and again",
      traffic: loop({ keys: few, requests }),
    },
    {
      name: "loop in zipf",
      meaning: "zipf, and each third request from such a loop",
      traffic: mixture(
        [
          { workload: popular, weight: 2 },
          { workload: loop({ keys: few, requests, first: apart }) },
        ],
        { seed: 6 },
      ),
    },
    {
      name: "uniform",
      meaning: "all keys alike, at random: nothing can be learned",
      traffic: uniform({ keys: few, requests, seed: 7 }),
    },
    {
      name: `fib(${n})`,
      meaning: "all that the recursive Fibonacci function asks for without a cache",
      traffic: fibonacci(n),
    },
  ]
}

/** The largest Fibonacci number, up to the 22nd, that takes no more than so many calls. */
function fibWithin(requests: number): number {
  let n = 22
  while (plainCalls(n) > requests) n--
  return n
}
