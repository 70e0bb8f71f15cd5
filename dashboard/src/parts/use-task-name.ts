import { useCallback } from "react";

import { useTranslation } from "../words";
import type { tasks } from "../words/en/tasks";

/** The name of a task in words. A task that this dashboard does not know keeps the name of the API. */
export function useTaskName(): (task: string) => string {
  const { t } = useTranslation();
  return useCallback(
    (task) => {
      const key = `tasks.${task as keyof typeof tasks}` as const;
      const words = t(key);
      return words === key ? task.replaceAll("_", " ") : words;
    },
    [t],
  );
}

/** What a task does, as a sentence. */
export function useTaskMeaning(): (task: { name: string; description: string }) => string {
  const { ofService } = useTranslation();
  return useCallback(({ name, description }) => ofService(`tasks.${name}`, `${description}.`), [ofService]);
}
