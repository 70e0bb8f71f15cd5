/** The settings of gateway, in German. */
export const gateway = {
  BACKUP_PATH: {
    name: "Ordner der Sicherungen",
    about:
      "Ordner für die Sicherungen der Aufgabe „Sichern“; ohne ihn gibt es keine nach Zeitplan. Wählen Sie einen Ordner auf einer anderen Platte als die Datenbank.",
  },
  BACKUP_KEEP_COUNT: {
    name: "Sicherungen behalten",
    about: "So viele Sicherungen nach Zeitplan werden behalten; ältere werden gelöscht, nachdem eine neue geprüft wurde.",
  },
  BACKUP_KEEP_DAYS: {
    name: "Sicherungen aufbewahren",
    about: "Tage, für die Sicherungen nach Zeitplan aufbewahrt werden; 0: unabhängig von ihrem Alter.",
  },
  ABS_WEBHOOK_SECRET: {
    name: "Geheimnis des Webhooks",
    about: "Geheimnis von /api/webhooks/audiobookshelf, mindestens 16 Zeichen; ohne es ist der Webhook aus.",
  },
  CORS_ORIGINS: {
    name: "Erlaubte fremde Seiten",
    about: "Ursprünge (Origins), deren Seiten die API aus einem Browser aufrufen dürfen (CORS), durch Leerzeichen getrennt.",
  },
  BASE_PATH: {
    name: "Basispfad",
    about: "Pfad, unter dem ein Reverse-Proxy das Dashboard und die API anbietet, ohne Schrägstrich am Ende.",
  },
  TRUSTED_PROXIES: {
    name: "Vertraute Proxys",
    about:
      "Adressen oder Netze von Reverse-Proxys, durch Leerzeichen getrennt; nur ihnen wird X-Forwarded-For geglaubt, das die Adresse des Aufrufers für Grenzen und Protokolle nennt. Setzen Sie nie das ganze Netz der Container: Alle Aufrufe über einen veröffentlichten Port scheinen von dessen Gateway zu kommen.",
  },
  FORWARD_AUTH_HEADER: {
    name: "Kopfzeile der Anmeldung",
    about:
      "Kopfzeile, in der ein vertrauter Reverse-Proxy die Person nennt, die dort angemeldet ist (Forward Authentication); braucht TRUSTED_PROXIES und einen Proxy, der die Kopfzeile aus anderen Aufrufen entfernt.",
  },
  RATE_LIMIT_PER_KEY: {
    name: "Grenze je API-Schlüssel",
    about: "Aufrufe in der Minute für jeden API-Schlüssel; 0: keine Grenze.",
  },
  RATE_LIMIT_PER_ADDRESS: {
    name: "Grenze je Adresse",
    about:
      "Aufrufe in der Minute für jede Adresse, und ein Fünfzigstel davon für Aufrufe mit falschem oder ohne Schlüssel; 0: keine Grenze.",
  },
  REQUEST_SECONDS: {
    name: "Zeitlimit eines Aufrufs",
    about: "So viele Sekunden darf ein Aufruf dauern; Ströme von Ereignissen haben kein Limit.",
  },
  OIDC_ISSUER: {
    name: "Adresse des Anmeldedienstes",
    about:
      "Adresse des OpenID-Connect-Anbieters (sein Issuer), etwa Authelia, authentik oder Keycloak; ist sie gesetzt, bietet die Seite zum Anmelden ihn an. Tragen Sie dort die Adresse von Gapless mit /api/session/openid/callback als Weiterleitungsadresse ein.",
  },
  OIDC_CLIENT_ID: { name: "Client-ID", about: "Client-ID von Gapless beim Anmeldedienst; nötig mit OIDC_ISSUER." },
  OIDC_CLIENT_SECRET: {
    name: "Client-Secret",
    about: "Client-Secret von Gapless beim Anmeldedienst; nicht nötig, wenn Gapless dort ein öffentlicher Client ist.",
  },
  OIDC_NAME: { name: "Name des Anmeldedienstes", about: "Name des Anmeldedienstes auf der Seite zum Anmelden." },
  OIDC_USER_CLAIM: {
    name: "Claim der Person",
    about:
      "Claim, der eine Person in OIDC_ALLOWED_USERS nennt: email (nur, wenn der Anmeldedienst sie geprüft hat), sub, oder preferred_username, wenn man ihn dort nicht selbst ändern kann.",
  },
  OIDC_ALLOWED_USERS: {
    name: "Zugelassene Personen",
    about:
      "Personen, die sich anmelden dürfen, nach OIDC_USER_CLAIM, durch Kommas getrennt; ohne dies und ohne OIDC_ALLOWED_GROUPS darf es niemand.",
  },
  OIDC_GROUPS_CLAIM: { name: "Claim der Gruppen", about: "Claim mit den Gruppen einer Person." },
  OIDC_ALLOWED_GROUPS: {
    name: "Zugelassene Gruppen",
    about: "Gruppen, deren Mitglieder sich anmelden dürfen, durch Kommas getrennt.",
  },
  OIDC_REDIRECT_URL: {
    name: "Weiterleitungsadresse",
    about:
      "Weiterleitungsadresse, die beim Anmeldedienst eingetragen ist; ohne sie wird sie aus der Adresse im Browser gebildet. Nötig hinter einem Reverse-Proxy mit TLS, der nicht in TRUSTED_PROXIES steht.",
  },
  NOTIFY_URLS: {
    name: "Ziele der Benachrichtigungen",
    about:
      "Ziele der Benachrichtigungen: Apprise-URLs, durch Leerzeichen oder Zeilen getrennt. Um nur manche Arten an ein Ziel zu senden, stellen Sie diese vor seine URL: imported, failed, needs_person, account_limit, vip_ends, session_old, hit_and_run, service_down.",
  },
  NOTIFY_GROUP_MINUTES: {
    name: "Benachrichtigungen sammeln",
    about: "Minuten, für die Benachrichtigungen einer Art zu einer Nachricht gesammelt werden; 0: gar nicht.",
  },
  NOTIFY_QUIET_HOURS: {
    name: "Ruhezeit",
    about: "Stunden in der Zeitzone TZ, in denen keine Benachrichtigung gesendet wird; sie werden danach gesendet.",
  },
  NOTIFY_URGENT: {
    name: "Dringende Arten",
    about: "Arten, die auch in der Ruhezeit gesendet werden, durch Kommas getrennt.",
  },
  NOTIFY_TEMPLATES: {
    name: "Ordner der Vorlagen",
    about: "Ordner mit eigenen Vorlagen für Benachrichtigungen, etwa imported.txt.",
  },
  SERVICE_DOWN_SECONDS: {
    name: "Ausfall eines Dienstes",
    about: "Sekunden ohne Antwort, nach denen ein Dienst als ausgefallen gemeldet wird.",
  },
  API_LOGS_KEEP_DAYS: {
    name: "Aufrufe aufbewahren",
    about: "Tage, für die Aufrufe in der Tabelle api_logs aufbewahrt werden.",
  },
  NOTIFICATIONS_KEEP_DAYS: {
    name: "Benachrichtigungen aufbewahren",
    about: "Tage, für die gesendete Benachrichtigungen aufbewahrt werden.",
  },
  API_KEY: {
    name: "Erster API-Schlüssel",
    about: "Erster API-Schlüssel, mindestens 16 Zeichen; ohne ihn wird einer erzeugt und einmal ausgegeben.",
  },
  BACKUP_DATABASE_URL: {
    name: "Datenbank für Sicherungen",
    about:
      "Adresse von Postgres mit einer Rolle, die alle Schemas lesen darf; ohne sie lassen sich Sicherungen nicht herunterladen und werden mit gapless backup gemacht.",
  },
};
