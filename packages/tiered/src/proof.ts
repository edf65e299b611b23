import type { TierChange, TierPulse } from "./tier.ts"

/**
 * Knows since when it is certain that no message is missing.
 *
 * A connection that hears messages can fall silent without ending, so nothing it does proves
 * anything. A proof compares numbers: that of the last message told, which the tier says, with those
 * heard here. All messages up to `covered` are accounted for: they were heard, or there was a *gap*,
 * after which this process holds nothing that one of them could have been about.
 */
export class Proof {
  /** When the question was asked whose answer showed that nothing was missing; or `-Infinity`. */
  provenAt: number
  private readonly onGap: (first: boolean) => void
  private incarnation: string | undefined
  private covered: number
  /** The number of the last message that the present listener has heard; 0 if there is none. */
  private last: number
  /** Nothing was missing, or was made up for, since the present listener began. */
  private joined: boolean

  constructor(onGap: (first: boolean) => void) {
    this.provenAt = -Infinity
    this.onGap = onGap
    this.incarnation = undefined
    this.covered = 0
    this.last = 0
    this.joined = false
  }

  /** There is another listener. What was told while there was none is missing. */
  begin(): void {
    this.last = 0
    this.joined = false
  }

  hear({ incarnation, number }: TierChange): void {
    const next = this.last === 0 ? number <= this.covered + 1 : number === this.last + 1
    if (!next || incarnation !== this.incarnation) this.gap(incarnation, number)
    else this.covered = Math.max(this.covered, number)
    this.last = number
  }

  /** What is known now, for `compare` with the answer to a question that is asked now. */
  now(): { readonly incarnation: string | undefined; readonly covered: number } {
    const { incarnation, covered } = this
    return { incarnation, covered }
  }

  /**
   * Whether nothing is missing; if the tier has told more than was heard, it may be under way.
   * `before` is what was known when the question was asked, at `asked`: a tier whose numbers are
   * below has lost something, and begins anew.
   */
  compare(pulse: TierPulse, asked: number, before: ReturnType<Proof["now"]>): boolean {
    const { incarnation, number } = pulse
    const known = incarnation === this.incarnation
    if (!known || (before.incarnation === incarnation && number < before.covered)) {
      this.gap(incarnation, number)
      this.last = 0
    }
    if (number > this.covered) return false
    this.prove(asked)
    return true
  }

  /**
   * What `compare` has found to be under way should be here by now. Returns whether the listener owes
   * it: not if it was told before that began to listen.
   */
  owes({ incarnation, number }: TierPulse, asked: number): boolean {
    // Another incarnation has been heard of meanwhile, and there was a gap.
    if (incarnation !== this.incarnation) return false
    const { joined } = this
    const missing = number > this.covered
    if (missing) {
      this.gap(incarnation, number)
      this.last = 0
    }
    this.prove(asked)
    return missing && joined
  }

  private prove(asked: number): void {
    this.joined = true
    this.provenAt = asked
  }

  private gap(incarnation: string, number: number): void {
    const first = this.incarnation === undefined
    this.incarnation = incarnation
    this.covered = number
    this.onGap(first)
  }
}
