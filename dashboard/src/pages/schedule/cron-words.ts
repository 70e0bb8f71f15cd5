/** Cron lines in words. */

import cronstrue from "cronstrue";
import "cronstrue/locales/de";

const EVERY = /^@every (\d{1,6})([smh])$/;
const UNITS = { s: "second", m: "minute", h: "hour" } as const;

/** What a cron line says, in English or German; null: it says nothing that can be read. */
export function cronInWords(line: string, language: string): string | null {
  const every = EVERY.exec(line.trim());
  if (every) return interval(Number(every[1]), UNITS[every[2] as keyof typeof UNITS], language);
  try {
    return cronstrue.toString(line, {
      locale: language === "de" ? "de" : "en",
      use24HourTimeFormat: true,
      throwExceptionOnParseError: true,
    });
  } catch {
    return null;
  }
}

function interval(count: number, unit: string, language: string): string {
  const amount = new Intl.NumberFormat(language, { style: "unit", unit, unitDisplay: "long" }).format(count);
  return language === "de" ? `Alle ${amount}` : `Every ${amount}`;
}
