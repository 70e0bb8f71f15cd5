import { useCallback } from "react";

import { remedyOf, type Problem } from "../api/problem";
import { useTranslation } from "../words";

export interface ProblemWords {
  title: string;
  why: string;
  remedy: string;
}

/** What happened, why, and what to do. */
export function useProblemWords(): (problem: Problem) => ProblemWords {
  const { t, ofService, sentence } = useTranslation();
  return useCallback(
    (problem: Problem) => {
      const seconds = problem.retryAfterSeconds;
      const remedy =
        seconds !== null && seconds > 1
          ? t("problem.waitSeconds", { count: seconds })
          : t(`problem.remedy.${remedyOf(problem)}`);
      if (problem.code === "unreachable") {
        return { title: t("problem.unreachable"), why: t("problem.unreachableWhy"), remedy };
      }
      if (problem.code === "page_error") return { title: t("problem.pageError"), why: problem.detail, remedy };
      const title = ofService(`problems.${problem.code}`, problem.title, { title: problem.title });
      return { title, why: sentence(problem.translatable["detail"], problem.detail), remedy };
    },
    [t, ofService, sentence],
  );
}
