import { expect, test } from "vitest";

import { pagesOf } from "./paged-rows";

test.each([
  [0, 30, [0]],
  [40, 60, [0, 1]],
  [49_950, 49_999, [999]],
  [-4, 2, [0]],
])("rows %d to %d are on the pages %j", (first, last, pages) => {
  expect(pagesOf(first, last)).toEqual(pages);
});
