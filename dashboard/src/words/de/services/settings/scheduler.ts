import { tasks } from "../../tasks";

const schedules = Object.entries(tasks).map(([task, name]) => [
  `TASK_${task.toUpperCase()}_CRON`,
  {
    name: `Anfänglicher Zeitplan: ${name}`,
    about: "Fünf Cron-Felder in TASK_TIME_ZONE, „@every 30s“ oder „by hand“ (nur von Hand).",
  },
]);

/** The settings of scheduler, in German. */
export const scheduler = {
  TZ: {
    name: "Zeitzone",
    about: "Der Name einer Zeitzone wie Europe/Warsaw; gilt, wo keine andere Zeitzone gesetzt ist.",
  },
  TASK_TIME_ZONE: {
    name: "Zeitzone der anfänglichen Zeitpläne",
    about: "Der Name einer Zeitzone wie Europe/Warsaw, für die anfänglichen Cron-Zeilen; Standard: TZ.",
  },
  RUNS_KEEP_DAYS: {
    name: "Läufe aufbewahren",
    about: "Tage, für die Läufe aufbewahrt werden; die neuesten 1.000 und der letzte jeder Aufgabe bleiben immer.",
  },
  ...(Object.fromEntries(schedules) as Record<string, { name: string; about: string }>),
};
