export { type TwoQueueOptions, twoQueue } from "./two-queue.ts"
