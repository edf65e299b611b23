import {
  type Answer,
  type AnswerProgress,
  answer,
  bestPossible,
  type Question,
} from "@evictionary/site/advise"

/** What the page is told: an answer, and then the best possible, or an error instead of either. */
export type Told =
  | { readonly kind: "answer"; readonly answer: Answer }
  | { readonly kind: "bound"; readonly bound: readonly number[] }
  | { readonly kind: "error"; readonly message: string }
  | { readonly kind: "progress"; readonly progress: AnswerProgress; readonly read: number }

/** A question about a file that the page has. */
type Asked = Omit<Question, "file"> & { readonly file: File }

/** Milliseconds between two reports. */
const PAUSE = 100

/** A file that knows how much of it has been read in the present reading. */
class Counted {
  read: number
  readonly name: string
  private readonly file: File

  constructor(file: File) {
    this.read = 0
    this.name = file.name
    this.file = file
  }

  stream(): ReadableStream<Uint8Array> {
    this.read = 0
    return this.file.stream().pipeThrough(
      new TransformStream<Uint8Array, Uint8Array>({
        transform: (chunk, controller) => {
          this.read += chunk.length
          controller.enqueue(chunk)
        },
      }),
    )
  }
}

addEventListener("message", async ({ data }: MessageEvent<Asked>) => {
  const file = new Counted(data.file)
  let last = 0
  const tell = (told: Told) => postMessage(told)
  const onProgress = (progress: AnswerProgress) => {
    const now = performance.now()
    if (now - last < PAUSE) return
    last = now
    tell({ kind: "progress", progress, read: file.read / data.file.size })
  }
  const question = { ...data, file }
  try {
    const found = await answer(question, onProgress)
    tell({ kind: "answer", answer: found })
    tell({ kind: "bound", bound: await bestPossible(question, found, onProgress) })
  } catch (error) {
    tell({ kind: "error", message: error instanceof Error ? error.message : String(error) })
  }
})
