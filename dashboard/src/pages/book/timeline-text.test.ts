import { expect, test } from "vitest";

import { timelineText, withoutSecrets } from "./timeline-text";

test.each([
  ["added http://user:secret@client:8080/download?key=abc to the client", "added http://client:8080/… to the client"],
  ["the torrent 7444620530f1bb8d9b90217e64ea6b00b3af396c was added", "the torrent … was added"],
  ["placed at L. Frank Baum/Oz/14 - Glinda of Oz {Rosalind Achebe}", "placed at L. Frank Baum/Oz/14 - Glinda of Oz {Rosalind Achebe}"],
  ["the files in /srv/home/someone/books are gone", "the files in … are gone"],
  ["“Llanfairpwllgwyngyllgogerychwyrn” was accepted, score 0.98", "“Llanfairpwllgwyngyllgogerychwyrn” was accepted, score 0.98"],
  ["got 1/2 of m4b and/or mp3", "got 1/2 of m4b and/or mp3"],
])("%j is shared as %j", (words, shared) => {
  expect(withoutSecrets(words)).toBe(shared);
});

test("a timeline as text has what happened, and then what is planned", () => {
  const entries = [
    { at: "2027-01-01", words: "queued", service: "downloader", to_come: false },
    { at: "2027-01-02", words: "it will be retried", service: "downloader", to_come: true },
  ];
  const titles = { title: "Ozma of Oz", state: "No release.", planned: "Planned" };
  expect(timelineText(titles, entries, { moment: (at) => at })).toBe(
    "Ozma of Oz\nNo release.\n\n2027-01-01  queued (downloader)\n\nPlanned\n2027-01-02  it will be retried (downloader)",
  );
});
