import { readFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { type AnyStrategy, cacheOf, hitsOf, type ModelOf } from "@evictionary/conformance"
import { describe, expect, it } from "vitest"
import { requestModel } from "./against-model.ts"
import { deep } from "./deep.ts"
import { workloads } from "./workloads.ts"

const CAPACITIES = [1, 2, 3, 5, 10, 64, 100, 500]

/**
 * Hits on generated traces, to the last one, of caches with the strategy's `own` options: those that
 * stand in `file`, and those of the plain model. `vitest --update` writes to the file what the model
 * has; or what the caches have, if there is no model.
 */
export function goldenWorkloads(
  strategy: AnyStrategy,
  file: URL,
  modelOf?: ModelOf<object>,
  own: object = {},
): void {
  const ofCaches = (keys: number[], capacity: number) =>
    hitsOf(cacheOf(strategy, capacity, { ...own }), keys)

  describe(`${strategy.strategyName}: generated traces`, () => {
    if (modelOf === undefined) {
      it("the hits of caches are those that are recorded", async () => {
        await expect(table(ofCaches)).toMatchFileSnapshot(fileURLToPath(file))
      })
      return
    }

    // It may take its time.
    it.runIf(deep)("the hits of the plain model are those that are recorded", async () => {
      const ofModels = (keys: number[], capacity: number) => {
        const model = requestModel(modelOf(capacity, {}))
        return keys.filter((key) => model.request(key)).length
      }
      await expect(table(ofModels)).toMatchFileSnapshot(fileURLToPath(file))
    })

    it("the hits of caches are those that are recorded", () => {
      expect(table(ofCaches).split("\n")).toEqual(readFileSync(file, "utf8").split("\n"))
    })
  })
}

/** A line for each workload, a column for each capacity. */
function table(hits: (keys: number[], capacity: number) => number): string {
  const head = ["trace", ...CAPACITIES].join(",")
  const lines = Object.entries(workloads).map(([name, requests]) => {
    const keys = requests()
    return [name, ...CAPACITIES.map((capacity) => hits(keys, capacity))].join(",")
  })
  return `${[head, ...lines].join("\n")}\n`
}
