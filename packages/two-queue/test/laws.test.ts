import { conformance } from "@evictionary/conformance"
import { type TwoQueueOptions, twoQueue } from "@evictionary/two-queue"
import { describe, it } from "vitest"
import { deep } from "../../../scripts/deep.ts"
import { withOptions } from "../../../scripts/with-options.ts"
import { options, TwoQueueModel } from "./model.ts"

conformance(
  twoQueue,
  { describe, it },
  {
    worstCase: "constant",
    model: (capacity, { recent, history }: TwoQueueOptions) =>
      new TwoQueueModel(capacity, recent, history),
    own: options,
  },
)
if (deep) conformance(withOptions(twoQueue, { recent: 0.5, history: 2 }), { describe, it })
