import type { Schema } from "../../api/client";

export type Work = Schema["ListEntry"];
export type State = Work["state"];

/** The works that are shown as cells. What is no gap and not owned would only hide the gaps. */
export function shownWorks(works: readonly Work[]): Work[] {
  return works.filter(({ state }) => state !== "not_counted");
}

/** The gaps that “Fill” searches: those that nobody searches or downloads, and those that only wait for approval. */
export function fillable(works: readonly Work[]): (Work & { missing_book_id: string })[] {
  return works.filter(
    (work): work is Work & { missing_book_id: string } =>
      work.state === "missing" &&
      typeof work.missing_book_id === "string" &&
      (work.missing_status === "identified" || work.missing_status === "failed" || work.absence === "approval"),
  );
}

/** The first work of the series that is missing. */
export function nextMissing(works: readonly Work[]): Work | undefined {
  return works.find(({ state }) => state === "missing");
}
