/** What a check of an outside system or of the folders found, in German. */
export const systems = {
  answers: "antwortet wie erwartet",
  copies: "Dateien werden kopiert: DOWNLOAD_PATH und LIBRARY_PATH liegen in verschiedenen Dateisystemen",
  failed: "[{{observed}}. ]{{advice}}",
  folder_unusable: "[{{path}}: ][{{why}}; ]der Ordner muss da und für PUID und PGID beschreibbar sein, siehe LIBRARY_PATH und DOWNLOAD_PATH",
  forbidden: "{{user}} darf nicht {{actions:either}}: Benutzen Sie den API-Schlüssel eines Administrators.[ Sichtbare Bibliotheken: {{names}}]",
  hardlinks: "Dateien werden durch Hardlinks geteilt",
  lacks: "{{lacks}}, darum wird {{name}} nicht benutzt",
  left_out: "ausgelassen: {{problems}}",
  model_not_listed: "der Server antwortet, nennt aber das Modell {{model}} nicht; prüfen Sie LANGUAGE_MODEL, wenn Antworten fehlschlagen",
  not_set: "{{setting}} ist nicht gesetzt",
  parts: "{{parts:semicolons}}",
  reflinks: "Dateien werden durch Reflinks geteilt: Hardlinks sind nicht möglich, aber die Kopien teilen sich ihren Platz",
  right_scan: "die Bibliothek einlesen lassen",
  right_update: "Metadaten ändern",
  signed_in: "angemeldet als {{user}}[; Bibliotheken mit Büchern: {{names}}]",
  standing: "{{user}}[, {{class_name}}], {{unsatisfied}} von {{limit}} Plätzen belegt",
};
