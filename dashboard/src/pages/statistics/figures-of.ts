import type { Schema } from "../../api/client";

type Figures = NonNullable<Schema["Statistics"]["figures"]>;

/** A number among the figures of a service; null if the service did not answer or does not count it. */
export function numberOf(report: Schema["StatisticsReport"], service: string, name: string): number | null {
  const value = figuresOf(report, service)[name];
  return typeof value === "number" ? value : null;
}

/** Counts among the figures of a service, the largest first. */
export function countsOf(report: Schema["StatisticsReport"], service: string, name: string): [string, number][] {
  const value = figuresOf(report, service)[name];
  if (typeof value !== "object") return [];
  return Object.entries(value).toSorted(([, one], [, other]) => other - one);
}

function figuresOf(report: Schema["StatisticsReport"], service: string): Figures {
  return report.services.find((each) => each.service === service)?.figures ?? {};
}
