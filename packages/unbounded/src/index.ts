export { unbounded } from "./unbounded.ts"
