import { car } from "@evictionary/car"
import { conformance } from "@evictionary/conformance"
import { describe, it } from "vitest"
import { CarModel } from "./model.ts"

conformance(car, { describe, it }, { model: (capacity) => new CarModel(capacity) })
