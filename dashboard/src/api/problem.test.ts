import { expect, test } from "vitest";

import { mayPass, problemFrom, problemOf, remedyOf, unreachable } from "./problem";

test("a problem of the API keeps its words, its service and the id of its request", () => {
  const body = { code: "away", title: "Away", status: 503, detail: "no answer", service: "metadata", request_id: "7" };
  const problem = problemFrom(503, body);
  expect(problem).toMatchObject({ code: "away", title: "Away", detail: "no answer", service: "metadata", requestId: "7" });
  expect(remedyOf(problem)).toBe("check_service");
});

test.each([undefined, null, "<html>Bad gateway</html>", { title: 7, detail: ["x"] }])(
  "a body that is no problem gives only the status",
  (body) => {
    expect(problemFrom(502, body)).toMatchObject({ code: "no_details", title: "HTTP 502", detail: "", service: null });
  },
);

test("only a call that may succeed later is repeated", () => {
  expect(mayPass(unreachable())).toBe(true);
  expect(mayPass(problemFrom(503, {}))).toBe(true);
  expect(mayPass(problemFrom(422, {}))).toBe(false);
  expect(mayPass(new TypeError("x is undefined"))).toBe(false);
});

test("an error of a page shows its message and asks for a reload", () => {
  const problem = problemOf(new TypeError("x is undefined"));
  expect([problem.detail, remedyOf(problem)]).toEqual(["x is undefined", "reload"]);
});
