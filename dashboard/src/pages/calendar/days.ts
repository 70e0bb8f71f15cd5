/** The days of a calendar as texts such as “2026-11-29”. They have no time zone. */

/** The first day of the week: 1 for Monday to 7 for Sunday. The region of the browser decides, if it has the language. */
export function firstDayOfWeek(language: string, browserLanguages: readonly string[]): number {
  const tag = browserLanguages.find((each) => each.slice(0, 2) === language.slice(0, 2)) ?? language;
  const locale = new Intl.Locale(tag) as Intl.Locale & {
    getWeekInfo?: () => { firstDay: number };
    weekInfo?: { firstDay: number };
  };
  return (locale.getWeekInfo?.() ?? locale.weekInfo)?.firstDay ?? 1;
}

/** The weeks of a month such as “2026-11”, from the first to the last day of its weeks. */
export function weeksOf(month: string, firstDay: number): string[][] {
  const first = new Date(`${month}-01T00:00:00Z`);
  const before = (first.getUTCDay() - (firstDay % 7) + 7) % 7;
  const weeks: string[][] = [];
  for (let day = addDays(`${month}-01`, -before); day < `${addMonths(month, 1)}-01`; day = addDays(day, 7)) {
    weeks.push(Array.from({ length: 7 }, (_, index) => addDays(day, index)));
  }
  return weeks;
}

export function addDays(day: string, days: number): string {
  const moment = new Date(`${day}T00:00:00Z`);
  moment.setUTCDate(moment.getUTCDate() + days);
  return moment.toISOString().slice(0, 10);
}

export function addMonths(month: string, months: number): string {
  const moment = new Date(`${month}-01T00:00:00Z`);
  moment.setUTCMonth(moment.getUTCMonth() + months);
  return moment.toISOString().slice(0, 7);
}

/** Today where the person is. */
export function today(now = new Date()): string {
  const two = (value: number) => String(value).padStart(2, "0");
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

/** A month of the address, if it is one of these four centuries. */
export function monthFrom(text: string, otherwise: string): string {
  return /^(19|20|21|22)\d\d-(0[1-9]|1[0-2])$/.test(text) ? text : otherwise;
}

/** The entries by their day. */
export function byDay<Entry extends { date: string }>(entries: readonly Entry[]): Map<string, Entry[]> {
  const days = new Map<string, Entry[]>();
  for (const entry of entries) days.set(entry.date, [...(days.get(entry.date) ?? []), entry]);
  return days;
}
