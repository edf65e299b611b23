export { type AdvisedCache, adviceOf, configurationOf } from "./advice.ts"
export { amount, count, integer, percent, plural, rounded, size, span } from "./numbers.ts"
