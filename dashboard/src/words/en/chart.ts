/** The words of charts, in English. */
export const chart = {
  at: "When",
  table: "Show as a table",
  none: "There are no values in this time.",
  description: "{{name}}: {{first}} on {{from}}, {{last}} on {{to}}.",
  range: "Time shown",
  all: "All",
  days_one: "{{count}} day",
  days_other: "{{count}} days",
};
