/** The areas of the doctor in German, and what to do about a finding of each. The advice of an area without a text here
 * contains what was found, so it stays that of the service. */
export const doctor: Record<string, { name: string; advice?: string }> = {
  services: { name: "Dienste", advice: "Prüfen Sie, ob der Dienst läuft, und lesen Sie sein Protokoll." },
  settings: { name: "Einstellungen", advice: "Berichtigen Sie die Einstellungen des Dienstes; die der Umgebung vor seinem nächsten Start." },
  versions: { name: "Versionen", advice: "Starten Sie alle Dienste aus demselben Abbild oder derselben Installation." },
  migrations: {
    name: "Datenbankschemas",
    advice:
      "Starten Sie den Dienst neu: Er bringt sein Schema beim Start auf den Stand. Ist er älter als sein Schema, aktualisieren Sie ihn.",
  },
  backups: {
    name: "Sicherungen",
    advice: "Starten Sie unter „Zeitplan“ die Aufgabe „Sichern“. Die Probleme ihres letzten Laufs sagen, warum es keine gibt.",
  },
  backlog: {
    name: "Rückstand",
    advice:
      "Lesen Sie unter „Fehlgeschlagene Nachrichten“ die Fehler, beheben Sie die Ursache und senden Sie dann noch einmal. Gibt es keine, prüfen Sie NATS und das Protokoll des Dienstes.",
  },
  clocks: { name: "Uhren", advice: "Gleichen Sie die Uhren beider Rechner mit NTP ab." },
  integrations: { name: "Fremde Systeme" },
  paths: { name: "Pfade" },
  schedule: {
    name: "Zeitplan",
    advice:
      "Prüfen Sie den Scheduler und den Dienst, der die Arbeit tut. Einen Lauf, der steckt, bricht „Zeitplan“ ab.",
  },
  notifications: {
    name: "Benachrichtigungen",
    advice: "Testen Sie das Ziel unter „Benachrichtigungen“. Schlägt das fehl, berichtigen Sie NOTIFY_URLS.",
  },
  library: { name: "Bibliothek" },
  streams: {
    name: "Streams",
    advice: "Finden Sie den Dienst, der im Rückstand ist: Ist der Stream voll, stehen die Dienste still.",
  },
  lags: {
    name: "Verzögerungen",
    advice: "Prüfen Sie, ob der Dienst läuft, seine fehlgeschlagenen Nachrichten und sein Protokoll.",
  },
  disk: {
    name: "Speicherplatz",
    advice:
      "Schaffen Sie Platz, denn unter MIN_FREE_DISK_GIB wird nichts geholt. Ist der Ordner nicht nutzbar, machen Sie ihn für Gapless les- und schreibbar.",
  },
  database: {
    name: "Datenbank",
    advice: "Erhöhen Sie max_connections von Postgres, oder betreiben Sie weniger Instanzen.",
  },
  limits: {
    name: "Grenzen der Anfragen",
    advice: "Warten Sie: Aufgeschobene Arbeit geht von selbst weiter. Bleibt es so, prüfen Sie die Zugangsdaten in den Einstellungen.",
  },
  egress: { name: "Öffentliche Adresse" },
  addresses: { name: "Öffentliche Adressen" },
};
