import { Decompress } from "fzstd"
import { joined, unsigned } from "./bytes.ts"
import { damaged, TraceError } from "./trace-error.ts"

/** The largest window that is granted to a frame: as with the program zstd, unless it is told more. */
const MOST_WINDOW = 2 ** 27

/** The most that a block is, in the file and out of it. */
const MOST_BLOCK = 2 ** 17

const FRAME = 0xfd2fb528
/** The upper 28 bits of what begins a frame that is to be skipped. */
const SKIPPABLE = 0x184d2a5

/** The type of a block that is a byte, and how often it comes. */
const REPEATED = 1

/**
 * What was compressed with zstd, in any number of frames.
 *
 * Node 20 cannot do this, and what later versions have (`createZstdDecompress`) drops what follows
 * the first of several frames, of which files from parallel compression consist. fzstd takes as much
 * memory as a header asks for, and decompresses at once whatever it is given; so the headers are
 * looked at before it sees them, and it is given a block at a time.
 *
 * @throws {TraceError} `UNSUPPORTED` if the window of a frame is larger than 128 MB; `DAMAGED` if it
 * is cut short, or something else follows.
 */
export async function* unzstd(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let chunks: Uint8Array[] = []
  const stream = new Decompress((chunk) => chunks.push(chunk))
  const push = (piece: Uint8Array, last = false) => {
    try {
      stream.push(piece, last)
    } catch (error) {
      throw damaged((error as Error).message)
    }
  }
  const pieces = new Pieces()
  for await (const chunk of bytes) {
    for (const piece of pieces.of(chunk)) {
      push(piece)
      yield* chunks
      chunks = []
    }
  }
  push(NOTHING, true)
  yield* chunks
}

const NOTHING = new Uint8Array(0)

/** Bytes that are to be looked at, or to be gone past. */
interface Need {
  readonly look: boolean
  readonly bytes: number
}

/** Cuts a file into pieces, none of which has the end of a block inside. */
class Pieces {
  private readonly structure: Generator<Need, never, Uint8Array>
  private need: Need
  /** What has been seen of what is to be looked at. */
  private seen: Uint8Array
  /** Bytes that are needed yet. */
  private left: number

  constructor() {
    this.structure = structure()
    this.need = this.structure.next().value
    this.seen = NOTHING
    this.left = this.need.bytes
  }

  *of(chunk: Uint8Array): Generator<Uint8Array> {
    let begin = 0
    for (let at = 0; at < chunk.length; ) {
      const end = Math.min(at + this.left, chunk.length)
      this.left -= end - at
      if (this.need.look) this.seen = joined(this.seen, chunk.subarray(at, end))
      at = end
      while (this.left === 0) {
        if (!this.need.look && at > begin) {
          yield chunk.subarray(begin, at)
          begin = at
        }
        this.need = this.structure.next(this.seen).value
        this.seen = NOTHING
        this.left = this.need.bytes
      }
    }
    yield chunk.subarray(begin)
  }
}

/** Frames one after the other, as RFC 8878 has them. Throws for what is not to be decompressed. */
function* structure(): Generator<Need, never, Uint8Array> {
  for (;;) {
    const magic = unsigned(yield look(4), 0, 4)
    if (magic >>> 4 === SKIPPABLE) {
      yield past(unsigned(yield look(4), 0, 4))
    } else if (magic === FRAME) {
      yield* frame()
    } else {
      // Whoever decompresses says that it is damaged.
      yield past(Infinity)
    }
  }
}

function* frame(): Generator<Need, void, Uint8Array> {
  const flags = (yield look(1))[0]!
  const single = (flags & 0x20) !== 0
  const begin = (single ? 0 : 1) + LENGTHS_OF_ID[flags & 3]!
  const lengthOfSize = flags >>> 6 === 0 ? Number(single) : 1 << (flags >>> 6)
  const header = yield look(begin + lengthOfSize)
  checkWindow(single ? sizeIn(header, begin, lengthOfSize) : windowIn(header[0]!))
  for (let last = false; !last; ) {
    const block = unsigned(yield look(3), 0, 3)
    last = (block & 1) === 1
    const size = block >>> 3
    if (size > MOST_BLOCK) throw new TraceError("UNSUPPORTED", "it has a block that is too large")
    yield past(((block >>> 1) & 3) === REPEATED ? 1 : size)
  }
  const hasChecksum = (flags & 4) !== 0
  if (hasChecksum) yield past(4)
}

const LENGTHS_OF_ID = [0, 1, 2, 4]

/** Where all is in one segment, that is the window. */
function sizeIn(header: Uint8Array, at: number, length: number): number {
  return unsigned(header, at, length) + (length === 2 ? 256 : 0)
}

function windowIn(descriptor: number): number {
  const base = 2 ** (10 + (descriptor >>> 3))
  return base + (base / 8) * (descriptor & 7)
}

function checkWindow(bytes: number): void {
  if (bytes <= MOST_WINDOW) return
  const reason = `it takes a window of ${bytes} bytes to decompress it, and ${MOST_WINDOW} are the most`
  throw new TraceError("UNSUPPORTED", reason)
}

function look(bytes: number): Need {
  return { look: true, bytes }
}

function past(bytes: number): Need {
  return { look: false, bytes }
}
