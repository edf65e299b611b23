import { conformance } from "@evictionary/conformance"
import { type S3FifoOptions, s3Fifo } from "@evictionary/s3-fifo"
import { describe, it } from "vitest"
import { deep } from "../../../scripts/deep.ts"
import { withOptions } from "../../../scripts/with-options.ts"
import { options, S3FifoModel } from "./model.ts"

conformance(
  s3Fifo,
  { describe, it },
  {
    model: (capacity, { small, ghost }: S3FifoOptions) => new S3FifoModel(capacity, small, ghost),
    own: options,
  },
)
if (deep) conformance(withOptions(s3Fifo, { small: 0.5, ghost: 2 }), { describe, it })
