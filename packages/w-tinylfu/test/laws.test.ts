import { conformance } from "@evictionary/conformance"
import { wTinyLfu } from "@evictionary/w-tinylfu"
import { describe, it } from "vitest"
import { deep } from "../../../scripts/deep.ts"
import { withOptions } from "../../../scripts/with-options.ts"
import { options, WTinyLfuModel } from "./model.ts"

conformance(
  wTinyLfu,
  { describe, it },
  { model: (capacity, own) => new WTinyLfuModel(capacity, own), own: options },
)
if (deep) conformance(withOptions(wTinyLfu, { adaptive: false, window: 0.5 }), { describe, it })
