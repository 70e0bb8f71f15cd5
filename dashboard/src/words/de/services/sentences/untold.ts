/** What the state of the installation does not say, and why, in German. */
export const untold = {
  client_address: "die Adresse des Download-Programms",
  database: "Datenbank",
  folders: "Ordner",
  library: "was die Bibliothek kennt, ist unbekannt: {{why}}",
  no_time: "es war keine Zeit mehr, sie zu lesen; rufen Sie sie noch einmal auf",
  our_address: "unsere Adresse",
  providers: "die Grenzen der Anbieter",
  streams: "Nachrichten und Rückstand",
  tracker: "die Grenzen des Trackers und unsere Adresse",
};
