/** The words of charts, in German. */
export const chart = {
  at: "Wann",
  table: "Als Tabelle zeigen",
  none: "In dieser Zeit gibt es keine Werte.",
  description: "{{name}}: {{first}} am {{from}}, {{last}} am {{to}}.",
  range: "Gezeigte Zeit",
  all: "Alles",
  days_one: "{{count}} Tag",
  days_other: "{{count}} Tage",
};
