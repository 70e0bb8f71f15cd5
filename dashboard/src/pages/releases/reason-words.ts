import { useTranslation } from "../../words";

import type { Reason } from "./judged";

interface ReasonWords {
  rule: string;
  /** What the rule found, or in what the release matches. */
  got: string;
  /** What it wants; empty for a match. */
  want: string;
}

/** The words of a rule's finding in the present language. */
export function useReasonWords(): (reason: Reason) => ReasonWords {
  const { ofService, sentence } = useTranslation();
  return ({ rule, words, got, want, translatable = {} }) => ({
    rule: ofService(`rules.${rule}`, rule),
    got: got ? sentence(translatable["got"], got) : sentence(translatable["words"], words),
    want: want ? sentence(translatable["want"], want) : "",
  });
}
