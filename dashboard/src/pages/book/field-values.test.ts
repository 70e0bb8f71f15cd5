import { expect, test } from "vitest";

import { plainText } from "./field-values";

test.each([
  ["<p>First.</p><p>Second &amp; last.</p>", "First.\nSecond & last."],
  ["One<br/>two<br>three", "One\ntwo\nthree"],
  ["5 < 6 and 7 > 6", "5 < 6 and 7 > 6"],
  ["&lt;b&gt; &unknown;", "<b> &unknown;"],
  ["<script>alert(1)</script>", "alert(1)"],
])("%j is shown as %j", (markup, text) => {
  expect(plainText(markup)).toBe(text);
});
