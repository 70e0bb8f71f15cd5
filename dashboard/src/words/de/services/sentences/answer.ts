/** Why a question about the site has no worded answer, in German. */
export const answer = {
  empty: "das Sprachmodell gab eine leere Antwort",
  model_failed: "das Sprachmodell scheiterte: {{why}}",
  no_citation: "das Sprachmodell nannte keine Stelle",
  no_model: "kein Sprachmodell ist eingerichtet (LANGUAGE_MODEL_API), darum werden nur die Stellen gezeigt",
  no_passages: "keine gespeicherte Anleitung und kein gespeichertes Thema sagt etwas dazu",
  not_shown: "{{why}}, darum wird die Antwort nicht gezeigt",
  too_long: "die Antwort des Sprachmodells hat mehr als {{most}} Zeichen",
  unknown_passage: "das Sprachmodell nannte die Stelle {{passage}}, die es nicht gibt",
};
