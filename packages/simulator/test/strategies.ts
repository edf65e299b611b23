import { arc } from "@evictionary/arc"
import { clock } from "@evictionary/clock"
import { fifo } from "@evictionary/fifo"
import { lfu } from "@evictionary/lfu"
import { lirs } from "@evictionary/lirs"
import { lru } from "@evictionary/lru"
import { s3Fifo } from "@evictionary/s3-fifo"
import { sieve } from "@evictionary/sieve"
import { slru } from "@evictionary/slru"
import { twoQueue } from "@evictionary/two-queue"
import { wTinyLfu } from "@evictionary/w-tinylfu"
import { deep } from "../../../scripts/deep.ts"

/** All that have a bound. */
export const strategies = [
  arc,
  clock,
  fifo,
  lfu,
  lirs,
  lru,
  s3Fifo,
  sieve,
  slru,
  twoQueue,
  wTinyLfu,
]

/** Those that long traffic is replayed with, which takes its time. */
export const replayed = deep ? strategies : [arc, fifo, lru, sieve]
