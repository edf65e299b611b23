import { createRequire } from "node:module"

const require = createRequire(import.meta.url)

// What they have for bundlers is no module that Node.js could load, and would be taken.
export const api: typeof import("@opentelemetry/api") = require("@opentelemetry/api")
export const sdk: typeof import("@opentelemetry/sdk-metrics") = require("@opentelemetry/sdk-metrics")
export const exporter: typeof import("@opentelemetry/exporter-prometheus") = require("@opentelemetry/exporter-prometheus")
