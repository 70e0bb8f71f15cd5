/** The parameters of a task as a person edits them. */

export type Parameters = Record<string, unknown>;

export function textOfParameters(parameters: Parameters): string {
  return Object.keys(parameters).length === 0 ? "" : JSON.stringify(parameters, null, 2);
}

/** The parameters of a text, or null if it is no JSON object. An empty text has none. */
export function parametersIn(text: string): Parameters | null {
  if (text.trim() === "") return {};
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Parameters) : null;
  } catch {
    return null;
  }
}
