import { expect, test } from "vitest";

import { nearest, pathsOf, scaleOf } from "./chart-scale";

test("a scale has round numbers and contains all values", () => {
  expect(scaleOf([1.13, null, 1.92]).ticks).toEqual([1, 1.2, 1.4, 1.6, 1.8, 2]);
  expect(scaleOf([12, 97], true).ticks).toEqual([0, 50, 100]);
  expect(scaleOf([-3, 4], true)).toMatchObject({ low: -4, high: 4 });
});

test("a scale of no or of equal values still has a height", () => {
  for (const values of [[], [null], [0], [5, 5], [-2]]) {
    const { low, high, ticks } = scaleOf(values);
    expect(high).toBeGreaterThan(low);
    expect(ticks.length).toBeGreaterThan(1);
  }
});

test("a gap interrupts the line, and a value between gaps is a dot", () => {
  const scale = { low: 0, high: 10, ticks: [0, 10] };
  expect(pathsOf([0, 0.25, 0.5, 1], [0, 10, null, 5], scale, { width: 100, height: 100 })).toEqual({
    line: "M0 100L25 0",
    dots: "M100 50h0",
  });
});

test("the nearest moment is found", () => {
  expect(nearest([0, 0.4, 1], 0.69)).toBe(1);
  expect(nearest([0, 0.4, 1], 0.71)).toBe(2);
});
