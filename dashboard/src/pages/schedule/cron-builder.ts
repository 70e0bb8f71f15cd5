/** Schedules as a person chooses them, and as cron lines. */

export type Rule =
  | { kind: "minutes"; every: number }
  | { kind: "hours"; every: number; minute: number }
  | { kind: "daily"; time: string }
  | { kind: "weekly"; time: string; days: readonly number[] }
  | { kind: "monthly"; time: string; day: number }
  | { kind: "hand" }
  | { kind: "line"; line: string };

export type Kind = Rule["kind"];
export const KINDS = ["minutes", "hours", "daily", "weekly", "monthly", "hand", "line"] as const satisfies readonly Kind[];

/** What each kind begins with. */
export const DEFAULTS: { [Each in Kind]: Extract<Rule, { kind: Each }> } = {
  minutes: { kind: "minutes", every: 15 },
  hours: { kind: "hours", every: 6, minute: 0 },
  daily: { kind: "daily", time: "03:00" },
  weekly: { kind: "weekly", time: "03:00", days: [0] },
  monthly: { kind: "monthly", time: "03:00", day: 1 },
  hand: { kind: "hand" },
  line: { kind: "line", line: "" },
};

export const PRESETS = ["*/15 * * * *", "0 * * * *", "0 */6 * * *", "0 3 * * *", "0 3 * * 0", "0 3 1 * *", ""] as const;

/** The cron line of a rule. A time that is not complete gives a line that the scheduler refuses. */
export function lineOf(rule: Rule): string {
  switch (rule.kind) {
    case "minutes":
      return `*/${rule.every} * * * *`;
    case "hours":
      return rule.every === 1 ? `${rule.minute} * * * *` : `${rule.minute} */${rule.every} * * *`;
    case "daily":
      return `${clock(rule.time)} * * *`;
    case "weekly":
      return `${clock(rule.time)} * * ${rule.days.toSorted((a, b) => a - b).join(",") || "?"}`;
    case "monthly":
      return `${clock(rule.time)} ${rule.day} * *`;
    case "hand":
      return "";
    case "line":
      return rule.line.trim();
  }
}

/** The rule of a cron line; a line that the builder has no form for stays a line. */
export function ruleOf(cron: string): Rule {
  const line = cron.trim();
  if (line === "") return { kind: "hand" };
  const fields = line.split(/\s+/);
  const [minute = "", hour = "", day = "", month = "", weekday = ""] = fields;
  const other: Rule = { kind: "line", line };
  if (fields.length !== 5 || month !== "*") return other;
  const rest = `${day} ${weekday}`;
  const every = /^\*\/(\d{1,2})$/;
  if (rest === "* *" && hour === "*" && every.test(minute)) return { kind: "minutes", every: Number(minute.slice(2)) };
  if (!/^\d{1,2}$/.test(minute)) return other;
  if (rest === "* *" && hour === "*") return { kind: "hours", every: 1, minute: Number(minute) };
  if (rest === "* *" && every.test(hour)) return { kind: "hours", every: Number(hour.slice(2)), minute: Number(minute) };
  if (!/^\d{1,2}$/.test(hour)) return other;
  const time = `${hour.padStart(2, "0")}:${minute.padStart(2, "0")}`;
  if (rest === "* *") return { kind: "daily", time };
  if (day === "*" && /^[0-6](,[0-6])*$/.test(weekday)) return { kind: "weekly", time, days: weekday.split(",").map(Number) };
  if (weekday === "*" && /^\d{1,2}$/.test(day)) return { kind: "monthly", time, day: Number(day) };
  return other;
}

/** Minute and hour of “03:05”, as cron fields. */
function clock(time: string): string {
  const [hour, minute] = time.split(":").map(Number);
  return Number.isInteger(hour) && Number.isInteger(minute) ? `${minute} ${hour}` : "? ?";
}
