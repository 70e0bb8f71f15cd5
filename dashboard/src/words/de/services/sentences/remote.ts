/** How a request to an outside system failed, in German. */
export const remote = {
  cancelled: "die Anfrage wurde abgebrochen, weil die Verbindung zu Postgres verloren ging",
  day_used_up: "die {{requests}} Anfragen dieses Tages sind verbraucht",
  failed: "{{call}} schlug fehl: {{why}}",
  late: "{{system}} antwortete nicht nach {{seconds}} s",
  next_in: "die nächste Anfrage ist in {{seconds}} s erlaubt",
  no_answer: "keine Antwort nach {{seconds}} s",
  paused: "die Anfragen ruhen bis {{until:moment}}[: {{why}}]",
  returned: "{{call}} ergab {{status}}[: {{answer}}]",
  stopped: "{{by:actors}} hat alle Anfragen angehalten; setzen Sie sie zuerst fort",
  timed_out: "{{call}} dauerte zu lange",
  too_large: "die Antwort auf {{call}} ist größer als {{limit:bytes}}",
  too_many: "zu viele Anfragen warten; versuchen Sie es in einer Minute noch einmal",
};
