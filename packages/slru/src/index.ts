export { slru } from "./slru.ts"
