import type { Translatable } from "../words/sentence";

/** The codes and figures of the texts of an answer, by their names. */
type Translatables = Readonly<Record<string, Translatable | undefined>>;

export interface SettingFault {
  setting: string;
  words: string;
  to_do?: string;
  translatable?: Translatables;
}

/** An error answer of the API (RFC 9457), or a call that got no answer. */
export class Problem extends Error {
  constructor(
    readonly code: string,
    readonly status: number,
    readonly title: string,
    readonly detail: string,
    readonly service: string | null = null,
    readonly retryAfterSeconds: number | null = null,
    readonly requestId: string | null = null,
    /** What is wrong with single settings. */
    readonly faults: readonly SettingFault[] = [],
    readonly translatable: Translatables = {},
  ) {
    super(detail ? `${title}: ${detail}` : title);
  }
}

/** The problem in the body of an answer. A body of another form, such as that of a proxy, gives only the status. */
export function problemFrom(status: number, body: unknown): Problem {
  const given = isRecord(body) ? body : {};
  return new Problem(
    textOf(given.code) ?? "no_details",
    status,
    textOf(given.title) ?? `HTTP ${status}`,
    textOf(given.detail) ?? "",
    textOf(given.service),
    typeof given.retry_after_seconds === "number" ? given.retry_after_seconds : null,
    textOf(given.request_id),
    Array.isArray(given.faults) ? given.faults.filter(isRecord).map(faultFrom) : [],
    translatablesOf(given),
  );
}

/** No answer at all: the network or the gateway is away. */
export function unreachable(): Problem {
  return new Problem("unreachable", 0, "", "");
}

export function problemOf(error: unknown): Problem {
  if (error instanceof Problem) return error;
  return new Problem("page_error", 0, "", error instanceof Error ? error.message : String(error));
}

export type Remedy = "sign_in" | "wait" | "connect" | "check_service" | "reload" | "change_input" | "report";

/** What a person can do about a problem. */
export function remedyOf(problem: Problem): Remedy {
  if (problem.code === "unreachable") return "connect";
  if (problem.code === "page_error") return "reload";
  if (problem.status === 401) return "sign_in";
  if (problem.status === 429) return "wait";
  if (problem.status === 503 || problem.status === 504) return "check_service";
  if (problem.status === 404) return "reload";
  return problem.status >= 500 ? "report" : "change_input";
}

/** Whether the same call may succeed soon without a change. */
export function mayPass(error: unknown): boolean {
  const problem = problemOf(error);
  return problem.code === "unreachable" || [429, 502, 503, 504].includes(problem.status);
}

function textOf(value: unknown): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}

function faultFrom(given: Record<string, unknown>): SettingFault {
  const { setting, words, to_do } = given;
  return {
    setting: textOf(setting) ?? "",
    words: textOf(words) ?? "",
    to_do: textOf(to_do) ?? "",
    translatable: translatablesOf(given),
  };
}

function translatablesOf({ translatable }: Record<string, unknown>): Translatables {
  return isRecord(translatable) ? (translatable as Translatables) : {};
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
