import type { Schema } from "../api/client";
import { useTranslation } from "../words";
import { codesOf } from "../words/codes";

type Run = Pick<Schema["Run"], "problems" | "log" | "details">;

interface RunWords {
  problems: string[];
  log: string[];
  /** A text among the details, by its name there. */
  detail: (name: string, given: string) => string;
}

/** The texts of a run in the present language. A line of the log is in it if it is one of the problems or notes. */
export function useRunWords(): (run: Run) => RunWords {
  const { sentence } = useTranslation();
  return ({ problems = [], log = [], details = {} }) => {
    const codes = codesOf(details["translatable"]);
    const notes: unknown = details["notes"];
    const listed: Record<string, readonly unknown[]> = { problems, notes: Array.isArray(notes) ? notes : [] };
    const known = new Map(
      Object.entries(listed).flatMap(([name, texts]) =>
        texts.map((text, place) => [text, sentence(codes[`${name}.${place}`], String(text))] as const),
      ),
    );
    return {
      problems: problems.map((problem) => known.get(problem) ?? problem),
      log: log.map((line) => known.get(line) ?? line),
      detail: (name, given) => sentence(codes[name], given),
    };
  };
}
