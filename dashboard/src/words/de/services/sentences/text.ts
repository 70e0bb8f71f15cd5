/** How sentences are put together, in German. */
export const text = {
  about: "{{subject}}: {{words}}",
  all: "{{sentences:semicolons}}",
  by: "{{title}} von {{authors}}",
  unknown: "unbekannt",
};
