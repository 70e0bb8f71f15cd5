import { expect, test } from "vitest";

import { chaptersOf, plainText } from "./field-values";

test.each([
  ["<p>First.</p><p>Second &amp; last.</p>", "First.\nSecond & last."],
  ["One<br/>two<br>three", "One\ntwo\nthree"],
  ["5 < 6 and 7 > 6", "5 < 6 and 7 > 6"],
  ["&lt;b&gt; &unknown;", "<b> &unknown;"],
  ["<script>alert(1)</script>", "alert(1)"],
])("%j is shown as %j", (markup, text) => {
  expect(plainText(markup)).toBe(text);
});

test.each([
  ["12 chapters [0123456789ab]", { count: 12, perFile: false }],
  ["1 chapter, one for each file [96ab6bc08b70]", { count: 1, perFile: true }],
  ["0:00:00.000 The Wooden Horse", null],
])("%j says of the chapters %j", (value, chapters) => {
  expect(chaptersOf(value)).toEqual(chapters);
});
