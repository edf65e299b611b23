import { conformance } from "@evictionary/conformance"
import { lirs } from "@evictionary/lirs"
import { describe, it } from "vitest"
import { deep } from "../../../scripts/deep.ts"
import { withOptions } from "../../../scripts/with-options.ts"
import { histories, LirsModel } from "./model.ts"

conformance(
  lirs,
  { describe, it },
  { model: (capacity, { history }) => new LirsModel(capacity, history), own: histories },
)
if (deep) conformance(withOptions(lirs, { history: Infinity }), { describe, it })
