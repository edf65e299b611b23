export { gdsf } from "./gdsf.ts"
