/** What to do if an outside system cannot be used, in German. */
export const advice = {
  audiobookshelf_away: "Prüfen Sie, ob Audiobookshelf läuft und ABS_URL stimmt.",
  audiobookshelf_nonsense: "Prüfen Sie, ob ABS_URL die Adresse von Audiobookshelf selbst ist, mit ihrem Pfad.",
  audiobookshelf_refused: "Legen Sie einen API-Schlüssel für einen Administrator an und setzen Sie ABS_TOKEN.",
  audiobookshelf_throttled: "Audiobookshelf begrenzt unsere Anfragen; sie werden später wiederholt.",
  provider_away: "Es wird von selbst wiederholt; prüfen Sie die Adresse, wenn es so bleibt.",
  provider_blocked: "Das ist eine Zugangssperre, und Gapless umgeht sie nicht: Für einige Stunden werden keine Anfragen gesendet und die anderen Anbieter benutzt. Nehmen Sie den Anbieter aus PROVIDERS heraus, wenn es so bleibt.",
  provider_nonsense: "Prüfen Sie, ob die Adresse zu diesem Anbieter gehört.",
  provider_refused: "Prüfen Sie das Token oder den Schlüssel und was er erlaubt.",
  provider_throttled: "Bis dahin werden keine Anfragen gesendet.",
  prowlarr: "Prüfen Sie, ob Prowlarr läuft, dann PROWLARR_URL und PROWLARR_API_KEY.",
  qbittorrent: "Prüfen Sie, ob qBittorrent läuft und seine Web-Oberfläche an ist, dann QBITTORRENT_URL, QBITTORRENT_USERNAME und QBITTORRENT_PASSWORD.",
  transmission: "Prüfen Sie, ob Transmission läuft und Fernzugriff erlaubt, dann TRANSMISSION_URL, TRANSMISSION_USERNAME und TRANSMISSION_PASSWORD.",
};
