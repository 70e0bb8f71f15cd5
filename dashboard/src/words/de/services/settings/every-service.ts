/** The settings that every service has, in German. */
export const everyService = {
  DATABASE_URL: { name: "Adresse der Datenbank", about: "Adresse von Postgres, mit der Rolle dieses Dienstes." },
  NATS_URL: {
    name: "Adresse von NATS",
    about: "Adresse von NATS, mit dem Benutzer dieses Dienstes; bei einem Cluster alle Server, durch Kommas getrennt.",
  },
  LOG_LEVEL: { name: "Stufe des Protokolls", about: "Niedrigste Stufe, die protokolliert wird: DEBUG, INFO, WARNING oder ERROR." },
  LOG_FORMAT: { name: "Format des Protokolls", about: "Format des Protokolls: json oder console." },
  LOG_FILE: {
    name: "Protokolldatei",
    about: "Datei, in die das Protokoll zusätzlich geschrieben wird. Jeder Prozess schreibt eine eigene mit dem Namen seines Dienstes.",
  },
  LOG_FILE_MIB: { name: "Größe der Protokolldatei", about: "Größe in MiB, bei der eine neue Protokolldatei begonnen wird." },
  LOG_FILE_COUNT: { name: "Anzahl der Protokolldateien", about: "So viele frühere Protokolldateien werden behalten." },
  LOG_FILE_ONLY: {
    name: "Nur in die Datei protokollieren",
    about: "Das Protokoll nur in LOG_FILE schreiben, nicht in die Standardfehlerausgabe.",
  },
  SENTRY_DSN: {
    name: "Adresse für Fehlerberichte",
    about: "Zu Sentry kompatible Adresse, an die Fehler ohne Geheimnisse gesendet werden; leer: Es werden keine gesendet.",
  },
  HEALTH_HOST: { name: "Adresse der Zustandsseiten", about: "Adresse, auf der der Dienst /ping, /health und /metrics anbietet." },
  HEALTH_PORT: { name: "Port der Zustandsseiten", about: "Port, auf dem der Dienst /ping, /health und /metrics anbietet." },
  METRICS_KEY: {
    name: "Schlüssel für Metriken",
    about: "Schlüssel, den /metrics als Bearer-Token verlangt; leer: Es verlangt keinen.",
  },
  OTEL_EXPORTER_OTLP_ENDPOINT: {
    name: "Adresse für Traces",
    about: "Adresse eines OpenTelemetry-Collectors, der Traces über OTLP und HTTP empfängt; leer: keine Traces.",
  },
  OTEL_EXPORTER_OTLP_HEADERS: {
    name: "Kopfzeilen für Traces",
    about: "Kopfzeilen der Anfragen an den Collector, etwa ein Schlüssel: Name=Wert, durch Kommas getrennt.",
  },
  SECRET_KEY: {
    name: "Geheimer Schlüssel",
    about:
      "Ein langer zufälliger Text. Aus ihm werden die Schlüssel abgeleitet, die gespeicherte Geheimnisse verschlüsseln und API-Schlüssel hashen.",
  },
  SECRET_KEY_PREVIOUS: {
    name: "Frühere geheime Schlüssel",
    about:
      "Nach einer Änderung von SECRET_KEY: seine früheren Werte, der neueste zuerst, durch Leerzeichen oder Zeilenumbrüche getrennt. Was mit ihnen gespeichert wurde, bleibt gültig.",
  },
};
