export { type S3FifoOptions, s3Fifo } from "./s3-fifo.ts"
