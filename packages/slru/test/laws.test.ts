import { conformance } from "@evictionary/conformance"
import { slru } from "@evictionary/slru"
import { describe, it } from "vitest"
import { deep } from "../../../scripts/deep.ts"
import { withOptions } from "../../../scripts/with-options.ts"
import { SlruModel, shares } from "./model.ts"

conformance(
  slru,
  { describe, it },
  {
    worstCase: "constant",
    model: (capacity, own) => new SlruModel(capacity, own.protected),
    own: shares,
  },
)
if (deep) conformance(withOptions(slru, { protected: 0.5 }), { describe, it })
