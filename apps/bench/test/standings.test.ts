import { expect, it } from "vitest"
import { marks } from "../src/marks.ts"
import { contests, type Figure, standings } from "../src/standings.ts"

const figure = (contest: string, name: string, value: number): Figure => {
  return { contest, name, value, ours: name.startsWith("our") }
}

const figures = [
  figure("hit", "our a", 3),
  figure("hit", "our b", 1),
  figure("hit", "x", 2),
  figure("evict", "our a", 6),
  figure("evict", "x", 5),
  figure("evict", "y", 4),
  figure("alone", "our a", 1),
]

it("the best of ours is placed among the rivals", () => {
  expect(contests(figures)).toEqual([
    {
      contest: "hit",
      ours: { name: "our b", value: 1 },
      rival: { name: "x", value: 2 },
      place: 1,
    },
    {
      contest: "evict",
      ours: { name: "our a", value: 6 },
      rival: { name: "y", value: 4 },
      place: 3,
    },
  ])
})

it("each of ours leads, or is behind the best rival by so much, the worst first", () => {
  expect(standings(figures)).toEqual([
    {
      name: "our a",
      contests: 2,
      leads: 0,
      behind: [
        { contest: "hit", rival: "x", times: 1.5 },
        { contest: "evict", rival: "y", times: 1.5 },
      ],
    },
    { name: "our b", contests: 1, leads: 1, behind: [] },
  ])
})

it("letters are given to the faults that occur, in their order", () => {
  const everybody = [
    { name: "x", faults: ["late"] },
    { name: "y", faults: ["late", "early"] },
    { name: "z", faults: [] },
  ]
  const meanings = {
    early: { meaning: "comes early" },
    never: { meaning: "comes never" },
    late: { meaning: "comes late" },
  }
  const { of, meanings: legend } = marks(everybody, meanings)
  expect(["x", "y", "z"].map(of)).toEqual(["b", "ab", ""])
  expect(legend).toEqual([
    ["a", "comes early"],
    ["b", "comes late"],
  ])
})
