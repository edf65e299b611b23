const { exp, expm1, log, log1p } = Math

/**
 * Draws ranks from 1 to `ranks`, each with a probability in proportion to `rank ** -exponent`. O(1)
 * time and memory, for any exponent from 0 on.
 *
 * W. Hörmann, G. Derflinger, "Rejection-inversion to generate variates from monotone discrete
 * distributions", ACM Transactions on Modeling and Computer Simulation 6(3), 1996.
 */
export function zipfRanks(ranks: number, exponent: number, random: () => number): () => number {
  const density = (x: number) => exp(-exponent * log(x))
  /** The integral of the density, and its inverse. */
  const area = (x: number) => expm1Ratio((1 - exponent) * log(x)) * log(x)
  const inverse = (y: number) => exp(log1pRatio(Math.max(-1, y * (1 - exponent))) * y)
  const least = area(1.5) - 1
  const most = area(ranks + 0.5)
  const sure = 2 - inverse(area(2.5) - density(2))
  return () => {
    for (;;) {
      const y = most + random() * (least - most)
      const x = inverse(y)
      const rank = Math.max(1, Math.min(ranks, Math.round(x)))
      if (rank - x <= sure || y >= area(rank + 0.5) - density(rank)) return rank
    }
  }
}

/** (e^x - 1) / x, and its limit at 0. */
function expm1Ratio(x: number): number {
  return x === 0 ? 1 : expm1(x) / x
}

/** log(1 + x) / x, and its limit at 0. */
function log1pRatio(x: number): number {
  return x === 0 ? 1 : log1p(x) / x
}
