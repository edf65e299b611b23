import { expect, it } from "vitest"
import type { PolymorphicReport } from "../src/polymorphic/command.ts"
import { run } from "../src/program.ts"
import { fakeHost, strategies } from "./host.ts"

/** Made-up times: 10 ns alone; in company so many times that. */
function hostWith(times: number) {
  const asked: { implementation: { name: string }; warm?: { name: string }[] }[] = []
  const host = fakeHost({
    ask: async (_job, question) => {
      asked.push(question as never)
      return { ns: "warm" in question ? 10 * times : 10, hitRatio: 1, consumed: 0 } as never
    },
  })
  return { host, asked }
}

it("each chosen strategy is timed alone, and after all that suit the workload", async () => {
  const { host, asked } = hostWith(1)
  const args = "speed --polymorphic --strategies lru --workloads hit,evict --keys int32 --rounds 1"
  await run(args.split(" "), host)
  const names = strategies.map(({ strategyName }) => strategyName)
  const bounded = strategies.filter((each) => !each.neverEvicts)
  expect(asked.map(({ implementation }) => implementation.name)).toEqual(Array(4).fill("lru"))
  expect(asked.map(({ warm }) => warm?.map(({ name }) => name))).toEqual([
    undefined,
    names,
    undefined,
    bounded.map(({ strategyName }) => strategyName),
  ])
})

it("a ratio is the time in company ÷ alone", async () => {
  const { host } = hostWith(1.2)
  await run(["speed", "--polymorphic", "--json"], host)
  const { rows } = JSON.parse(host.printed) as PolymorphicReport
  for (const { ratio } of rows) expect(ratio).toBeCloseTo(1.2)
})

it.each([
  [1.25, "4 of 4"],
  [1.3, "2 of 4"],
  [1.6, "0 of 4"],
])("%f times is within the aim on %s", async (times, within) => {
  const { host } = hostWith(times)
  const args = "speed --polymorphic --strategies lru --workloads hit,evict --rounds 1"
  await run(args.split(" "), host)
  expect(host.printed).toContain(`${within} are within the aim`)
})
