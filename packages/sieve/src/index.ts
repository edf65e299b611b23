export { sieve } from "./sieve.ts"
