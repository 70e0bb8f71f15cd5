/** The steps that a person skipped in this browser, so that they are not offered first again. */

const STORED = "gapless.setup.skipped";

export function skippedSteps(): ReadonlySet<string> {
  return new Set((localStorage.getItem(STORED) ?? "").split(",").filter(Boolean));
}

export function skipStep(step: string): void {
  localStorage.setItem(STORED, [...new Set([...skippedSteps(), step])].join(","));
}
