export { type SlruOptions, slru } from "./slru.ts"
