export { type WTinyLfuOptions, wTinyLfu } from "./w-tinylfu.ts"
