import type { Schema } from "../../api/client";

export const STAGES = ["search", "client", "verify", "import", "shown"] as const;
export type Stage = (typeof STAGES)[number];

type Download = Pick<Schema["Download"], "status" | "error_type" | "info_hash" | "book_id" | "error">;

/** How far a download is, and whether it goes on, failed there, or was ended. */
export interface Progress {
  stage: Stage;
  state: "running" | "done" | "failed" | "ended";
}

export function progressOf(download: Download): Progress {
  switch (download.status) {
    case "queued":
    case "searching":
      return { stage: "search", state: "running" };
    case "downloading":
      return { stage: "client", state: "running" };
    case "completed":
      return { stage: "verify", state: "running" };
    case "importing":
      return { stage: "import", state: "running" };
    case "imported":
      return download.book_id ? { stage: "shown", state: "done" } : { stage: "shown", state: "running" };
    case "failed":
    case "abandoned":
      return { stage: failedAt(download), state: "failed" };
    case "cancelled":
      return { stage: failedAt(download), state: "ended" };
  }
}

/** The stage at which a download stopped, by the kind of its failure. */
function failedAt({ error_type, info_hash }: Download): Stage {
  if (error_type === "NO_RELEASE") return "search";
  if (error_type === "VERIFY") return "verify";
  if (error_type === "IMPORT") return "import";
  return info_hash ? "client" : "search";
}

/** Whether the service accepts a retry, or a cancellation. */
export const mayRetry = (status: Schema["Download"]["status"]) => ["failed", "abandoned", "cancelled"].includes(status);
export const mayCancel = (status: Schema["Download"]["status"]) => !["imported", "abandoned", "cancelled"].includes(status);
