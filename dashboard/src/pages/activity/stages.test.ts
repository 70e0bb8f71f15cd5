import { expect, test } from "vitest";

import { progressOf } from "./stages";

const DOWNLOAD = { status: "queued", error_type: null, info_hash: null, book_id: null, error: null } as const;

test.each([
  [{ status: "searching" }, "search", "running"],
  [{ status: "downloading" }, "client", "running"],
  [{ status: "completed" }, "verify", "running"],
  [{ status: "importing" }, "import", "running"],
  [{ status: "imported" }, "shown", "running"],
  [{ status: "imported", book_id: "7" }, "shown", "done"],
  [{ status: "failed", error_type: "NO_RELEASE" }, "search", "failed"],
  [{ status: "failed", error_type: "VERIFY", info_hash: "a" }, "verify", "failed"],
  [{ status: "abandoned", error_type: "TIMEOUT", info_hash: "a" }, "client", "failed"],
  [{ status: "cancelled" }, "search", "ended"],
] as const)("%j is at the stage %s, %s", (given, stage, state) => {
  expect(progressOf({ ...DOWNLOAD, ...given })).toEqual({ stage, state });
});
