import { useCallback } from "react";

import type { Schema } from "../api/client";
import { useTranslation } from "../words";

type Finding = Pick<Schema["DoctorFinding"], "area" | "words" | "to_do" | "translatable">;

/** What the doctor has found and what to do about it, in the present language. An area has one advice for all that has
 * none of its own. */
export function useFindingWords(): (finding: Finding) => { words: string; toDo: string } {
  const { sentence, ofService } = useTranslation();
  return useCallback(
    ({ area, words, to_do = "", translatable }) => ({
      words: sentence(translatable?.words, words),
      toDo: to_do && sentence(translatable?.to_do, ofService(`doctor.${area}.advice`, to_do)),
    }),
    [sentence, ofService],
  );
}
