import { useCallback } from "react";
import { useTranslation } from "react-i18next";

import type { tasks } from "../words/en/tasks";

/** The name of a task in words. A task that this dashboard does not know keeps the name of the API. */
export function useTaskName(): (task: string) => string {
  const { t, i18n } = useTranslation();
  return useCallback(
    (task) => (i18n.exists(`tasks.${task}`) ? t(`tasks.${task as keyof typeof tasks}`) : task.replaceAll("_", " ")),
    [t, i18n],
  );
}
