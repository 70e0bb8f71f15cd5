/** How a request to an outside system failed, in German. */
export const remote = {
  failed: "{{call}} schlug fehl: {{why}}",
  returned: "{{call}} ergab {{status}}[: {{answer}}]",
  timed_out: "{{call}} dauerte zu lange",
  too_large: "die Antwort auf {{call}} ist größer als {{limit:bytes}}",
};
