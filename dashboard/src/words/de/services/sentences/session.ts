/** What the state of a session of MyAnonamouse means, in German. */
export const session = {
  answer: "[{{observed}}; ]{{meaning}}[. {{remedy}}]",
  away: "die Seite antwortet nicht",
  challenged: "die Seite zeigt eine Prüfung, die nur ein Mensch lösen kann",
  dead: "die Sitzung wurde nicht angenommen: Sie ist abgelaufen oder wurde gelöscht",
  described: "{{meaning}}[; {{observed}}]",
  login_locked: "die Seite hat die Anmeldung dieses Kontos gesperrt",
  login_refused: "die Seite hat MAM_USERNAME und MAM_PASSWORD abgelehnt",
  not_allowed: "die Sitzung darf diese Funktion nicht benutzen",
  not_configured: "keine Sitzung für Seiten eingerichtet",
  paused: "alle Anfragen an MyAnonamouse sind angehalten",
  refused: "die Seite hat die Sitzung abgelehnt und nicht gesagt, warum",
  throttled: "die Seite antwortete, es seien zu viele Anfragen",
  wrong_address: "die Sitzung ist an eine andere IP-Adresse gebunden",
  wrong_network: "die Sitzung ist an ein anderes Netz (ASN) gebunden",
  wrong_type: "die Sitzung hat die falsche Art: Die JSON-Schnittstelle braucht eine für API-Benutzung, Seiten brauchen eine für einen Browser",
};
