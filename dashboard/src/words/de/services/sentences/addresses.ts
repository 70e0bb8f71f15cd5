/** Why the public addresses of Gapless and of the download client disagree, and what to do, in German. */
export const addresses = {
  all: "{{all:semicolons}}",
  client_elsewhere: "MyAnonamouse sieht Gapless unter {{seen}}, aber das Download-Programm ist unter {{client}}: Senden Sie Gapless mit MAM_PROXY durch das VPN des Programms, oder prüfen Sie, ob das Programm sein VPN benutzt",
  client_unknown: "die Adresse des Download-Programms ist unbekannt: {{why}}",
  not_registered: "die Adresse konnte nicht angemeldet werden: {{why}}",
  old_registered: "MyAnonamouse sieht Gapless unter {{seen}}, aber {{registered}} ist angemeldet: Die Aufgabe tracker_access meldet eine neue Adresse höchstens einmal in der Stunde an",
  other_registered: "{{registered}} ist bei MyAnonamouse angemeldet, aber das Download-Programm ist unter {{client}}, sodass der Tracker es ablehnen kann: Senden Sie Gapless mit MAM_PROXY durch das VPN des Programms, oder prüfen Sie, ob das Programm sein VPN benutzt",
  unknown: "unbekannt",
};
