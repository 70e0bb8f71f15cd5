import { expect, test } from "vitest";

import { bodyOf, listOf, toggled, type Profile } from "./profile-model";

test("a stored profile becomes a body with everything of it, and only the ids of what it applies to", () => {
  const profile: Profile = {
    id: "1",
    name: "Best",
    is_default: false,
    created_at: "2026-01-01T00:00:00Z",
    updated_at: "2026-01-01T00:00:00Z",
    formats: ["m4b"],
    series: [{ id: "s", name: "Oz" }],
    authors: [{ id: "a", name: "Baum" }],
    books: [],
    upgrade: true,
  };
  expect(bodyOf(profile)).toEqual({
    name: "Best",
    formats: ["m4b"],
    upgrade: true,
    series_ids: ["s"],
    author_ids: ["a"],
    book_ids: [],
  });
});

test("a text with commas is a list without empty and repeated parts", () => {
  expect(listOf(" English,, German ,English")).toEqual(["English", "German"]);
});

test("a chosen format comes last, and a second choice takes it out", () => {
  expect(toggled(["m4b", "mp3"], "flac")).toEqual(["m4b", "mp3", "flac"]);
  expect(toggled(["m4b", "mp3"], "m4b")).toEqual(["mp3"]);
});
