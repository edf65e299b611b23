/** The share of the main part that is protected. */
const PROTECTED = 0.8

/** How many of so many entries are in the window, if that has this share of them; at least one. */
export function windowOf(capacity: number, share: number): number {
  if (capacity === Infinity) return Infinity
  return Math.max(capacity - Math.floor((1 - share) * capacity), 1)
}

/** How many of so many entries are protected, if the window has that many. */
export function protectedOf(capacity: number, window: number): number {
  return capacity === Infinity ? Infinity : Math.floor(PROTECTED * (capacity - window))
}
