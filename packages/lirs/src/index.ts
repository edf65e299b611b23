export { type LirsOptions, lirs } from "./lirs.ts"
