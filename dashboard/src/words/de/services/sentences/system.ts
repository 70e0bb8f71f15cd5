/** Why a service of Gapless, or what it needs, does not answer, in German. */
export const system = {
  no_answer_in_time: "keine Antwort auf {{subject}} nach {{seconds}} s",
  not_running: "kein Dienst antwortet auf {{subject}}: {{service}} läuft nicht",
  not_sent: "{{subject}} ließ sich nicht senden: {{why}}",
  not_started: "konnte am {{at:moment}} nicht starten: {{why}}",
  os_error: "{{error:errors}}",
  postgres_away: "Postgres ist nicht erreichbar",
  too_large: "{{subject}} hat {{size}} Byte, erlaubt sind {{limit}}: Senden Sie weniger auf einmal",
  unexpected_format: "die Antwort auf {{subject}} hat eine unerwartete Form; haben die Dienste verschiedene Versionen?",
};
