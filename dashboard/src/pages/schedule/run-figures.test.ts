import { expect, test } from "vitest";

import { figuresOf, planOf } from "./run-figures";

test("a dry run has a plan with its cost, and kinds that occur", () => {
  const plan = { counts: { grab: 2, queue: 0 }, actions: [{ kind: "grab", what: "Ozma of Oz" }], size_bytes: 5, slots: 2 };
  expect(planOf({ plan })).toEqual({
    counts: [["grab", 2]],
    actions: [{ kind: "grab", what: "Ozma of Oz", words: "", codes: {} }],
    size_bytes: 5,
    slots: 2,
    points: 0,
    notes: [],
  });
});

test("a plan has the codes of its texts", () => {
  const [what, note] = [{ code: "change.of_field", figures: {} }, { code: "plan.no_upgrades", figures: {} }];
  const action = { kind: "change_field", what: "Ozma of Oz: title", words: "", translatable: { what, other: "none" } };
  expect(planOf({ plan: { actions: [action], notes: ["off"], translatable: { "notes.0": note } } })).toMatchObject({
    actions: [{ codes: { what } }],
    notes: [{ words: "off", code: note }],
  });
});

test.each([undefined, {}, { plan: null }, { plan: "none" }, { plan: [] }])("%o has no plan", (details) => {
  expect(planOf(details)).toBeNull();
});

test("a plan of another form gives what can be read of it", () => {
  expect(planOf({ plan: { counts: [], actions: ["grab"], notes: [1, "off"] } })).toMatchObject({ counts: [], actions: [], notes: [{ words: "off" }] });
});

test("figures keep their names, also inside others, and the plan is none of them", () => {
  expect(figuresOf({ seen: 20, note: "off", deleted: { runs: 3 }, plan: {}, translatable: {}, list: [1], none: null })).toEqual([
    [["seen"], 20],
    [["note"], "off"],
    [["deleted", "runs"], 3],
  ]);
});
