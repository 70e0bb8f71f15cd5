/** What to do about a session of MyAnonamouse, in German. */
export const remedy = {
  away: "Warten Sie: Gapless macht von selbst weiter.",
  challenged: "Öffnen Sie die Seite von derselben Adresse in Ihrem eigenen Browser, lösen Sie die Prüfung und setzen Sie die Anfragen fort.",
  create: "Legen Sie eine neue Sitzung für Gapless an (Preferences > Security) und tragen Sie sie in den Einstellungen ein.",
  login_locked: "Melden Sie sich mit Ihrem eigenen Browser an, sobald die Seite es erlaubt, und setzen Sie dann die Anfragen fort.",
  login_refused: "Berichtigen Sie beide und setzen Sie die Anfragen fort: Nach drei Fehlversuchen wird keine Anmeldung mehr versucht.",
  not_allowed: "Legen Sie eine neue Sitzung für Gapless an (Preferences > Security), der „dynamic seedbox“ erlaubt ist, und tragen Sie sie ein.",
  not_configured: "Setzen Sie MAM_BROWSER_SESSION, oder MAM_USERNAME und MAM_PASSWORD.",
  paused: "Setzen Sie die Anfragen unter „Konto“ fort.",
  throttled: "Warten Sie: Gapless macht von selbst weiter.",
  wrong_address: "Benutzen Sie die Adresse, unter der die Sitzung angelegt wurde, etwa mit MAM_PROXY, oder legen Sie eine neue Sitzung an, während Gapless die Adresse hat, die es behält.",
  wrong_network: "Benutzen Sie die Adresse, unter der die Sitzung angelegt wurde, etwa mit MAM_PROXY, oder legen Sie eine neue Sitzung an, während Gapless in dem Netz ist, in dem es bleibt.",
};
