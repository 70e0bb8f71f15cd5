import { expect, test } from "vitest";

import { whyNot } from "./why-not";

const BOOK = { status: "identified", release_date: null, auto_download: true } as const;
const QUEUED = { status: "queued", waiting_for: null, error: null, progress: 0 } as const;

test("a book that was never searched says so", () => {
  expect(whyNot(BOOK, undefined)).toEqual({ key: "notSearched" });
  expect(whyNot({ ...BOOK, auto_download: false }, undefined)).toEqual({ key: "approval" });
});

test("the words of the service are the reason where there are some", () => {
  expect(whyNot(BOOK, { ...QUEUED, waiting_for: "approval: “Ozma of Oz”" })).toEqual({ words: "approval: “Ozma of Oz”" });
  expect(whyNot(BOOK, { ...QUEUED, status: "failed", error: "no release" })).toEqual({ words: "no release" });
});

test("an old error does not hide that the book is downloading now", () => {
  const download = { ...QUEUED, status: "downloading", error: "timed out", progress: 0.4 } as const;
  expect(whyNot({ ...BOOK, status: "downloading" }, download)).toEqual({ key: "downloading", share: 0.4 });
});

test("what a person decided and what is not released yet come before any download", () => {
  expect(whyNot({ ...BOOK, status: "ignored" }, QUEUED)).toEqual({ key: "ignored" });
  expect(whyNot({ ...BOOK, status: "upcoming", release_date: "2027-01-31" }, QUEUED)).toEqual({
    key: "upcomingOn",
    date: "2027-01-31",
  });
});

test("a release that is kept for a delay is named with its time", () => {
  const download = { ...QUEUED, delayed_until: "2027-01-01T00:00:00Z", delayed_release_title: "Ozma" };
  expect(whyNot(BOOK, download)).toEqual({ key: "delayed", release: "Ozma", date: "2027-01-01T00:00:00Z" });
});
