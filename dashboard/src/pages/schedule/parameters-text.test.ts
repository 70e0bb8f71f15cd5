import { expect, test } from "vitest";

import { parametersIn, textOfParameters } from "./parameters-text";

test("parameters are shown as JSON, and read back", () => {
  const parameters = { genres: ["fantasy"], full: true };
  expect(parametersIn(textOfParameters(parameters))).toEqual(parameters);
  expect(textOfParameters({})).toBe("");
  expect(parametersIn("  ")).toEqual({});
});

test.each(["[1]", "null", "3", "full: true", "{"])("%s are no parameters", (text) => {
  expect(parametersIn(text)).toBeNull();
});
