import { expect, it } from "vitest"
import {
  bytes,
  count,
  duration,
  integer,
  nanoseconds,
  percent,
  plusMinus,
  timeLeft,
  times,
} from "../src/numbers.ts"

it.each([
  [integer(48_315_633), "48,315,633"],
  [count(9_999), "9,999"],
  [count(59_863), "59.9K"],
  [count(48_315_633), "48.3M"],
  [times(63_127), "63,100×"],
  [times(99.96), "100×"],
  [times(24.68), "24.7×"],
  [times(9.999), "10.0×"],
  [times(1), "1.00×"],
  [times(0.0591), "0.06×"],
  [duration(4_611_222_333), "4.61 s"],
  [duration(999_600_000), "1.00 s"],
  [duration(124_000_000), "124 ms"],
  [duration(1_980), "1.98 µs"],
  [duration(512), "512 ns"],
  [nanoseconds(5.94), "5.9"],
  [nanoseconds(999.96), "1,000"],
  [nanoseconds(2_161.3), "2,161"],
  [percent(0.4788), "47.9%"],
  [plusMinus(0.0231), "±2.3%"],
  [plusMinus(0.0999), "±10%"],
  [bytes(28_004_321), "28.0 MB"],
  [bytes(9_860), "9.86 kB"],
  [bytes(304.4), "304 B"],
  [timeLeft(2_000, 2, 50), ""],
  [timeLeft(3_000, 3, 50), ", 50 s left"],
  [timeLeft(3_000, 3, 200), ", 4 min left"],
])("%s is written as %s", (written, expected) => {
  expect(written).toBe(expected)
})
