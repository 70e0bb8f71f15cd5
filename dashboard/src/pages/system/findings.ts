import type { Schema } from "../../api/client";

type Finding = Schema["DoctorFinding"];
export type Severity = NonNullable<Finding["severity"]>;

export type Area = "library" | "mam" | "downloads" | "metadata" | "scheduler" | "gateway";

const ORDER: Record<Severity, number> = { fault: 0, warning: 1, ok: 2 };

/** The findings with the worst first; equal ones as the doctor lists them. */
export function bySeverity(findings: readonly Finding[]): Finding[] {
  return findings.toSorted((one, two) => ORDER[one.severity ?? "ok"] - ORDER[two.severity ?? "ok"]);
}

/** The part of the API that belongs to a service. */
export function areaOf(service: string): Area | undefined {
  return AREAS[service];
}

const AREAS: Record<string, Area> = {
  "library-scanner": "library",
  "mam-search": "mam",
  downloader: "downloads",
  metadata: "metadata",
  scheduler: "scheduler",
  gateway: "gateway",
};
