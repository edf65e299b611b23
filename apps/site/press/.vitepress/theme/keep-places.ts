/** Milliseconds that an entry takes to where it belongs. */
const DURATION = 260

/**
 * Notes where entries are; the function that it returns lets those that are elsewhere by then move
 * there, unless the visitor has asked for less motion.
 */
export function keepPlaces(root: HTMLElement): () => void {
  if (matchMedia("(prefers-reduced-motion: reduce)").matches) return () => {}
  const before = new Map(
    entriesIn(root).map((entry) => [entry.dataset.key, entry.getBoundingClientRect()]),
  )
  return () => {
    for (const entry of entriesIn(root)) {
      const from = before.get(entry.dataset.key)
      const to = entry.getBoundingClientRect()
      if (from === undefined) {
        entry.animate(
          [
            { opacity: 0, scale: 0.6 },
            { opacity: 1, scale: 1 },
          ],
          DURATION,
        )
      } else if (from.x !== to.x || from.y !== to.y) {
        const translate = `${from.x - to.x}px ${from.y - to.y}px`
        entry.animate([{ translate }, { translate: "0px 0px" }], {
          duration: DURATION,
          easing: "ease",
        })
      }
    }
  }
}

function entriesIn(root: HTMLElement): HTMLElement[] {
  return [...root.querySelectorAll<HTMLElement>("[data-key]")]
}
