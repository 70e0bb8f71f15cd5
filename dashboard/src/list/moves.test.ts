import { expect, test } from "vitest";

import { moved } from "./moves";

const TABLE = { index: 5, total: 50_000, columns: 1, pageRows: 10 };
const COVERS = { index: 7, total: 50, columns: 6, pageRows: 3 };

test.each([
  ["ArrowDown", TABLE, 6],
  ["k", TABLE, 4],
  ["PageDown", TABLE, 14],
  ["PageUp", TABLE, 0],
  ["End", TABLE, 49_999],
  ["ArrowRight", TABLE, undefined],
  ["ArrowRight", COVERS, 8],
  ["ArrowDown", COVERS, 13],
  ["ArrowUp", { ...COVERS, index: 3 }, 3],
  ["ArrowDown", { ...COVERS, index: 48 }, 49],
  ["j", COVERS, undefined],
  ["ArrowDown", { ...TABLE, total: 0 }, undefined],
])("%s moves to the right entry", (key, position, index) => {
  expect(moved(key, position)).toBe(index);
});
