import { useCallback } from "react";

import { useTranslation } from "../../words";
import type { settings } from "../../words/en/settings";
import type { FieldGroup } from "./settings-model";

/** The title of a group in words; that of the API for a group that this dashboard does not know. */
export function useGroupTitle(): (group: Pick<FieldGroup, "name" | "title">) => string {
  const { t } = useTranslation();
  return useCallback(
    ({ name, title }) => {
      const key = `settings.groups.${name as keyof typeof settings.groups}` as const;
      const words = t(key);
      return words === key ? title : words;
    },
    [t],
  );
}

/** The name of a setting in words; without them, its name as an environment variable as words. */
export function useSettingName(): (name: string) => string {
  const { t } = useTranslation();
  return useCallback(
    (name) => {
      const key = `settings.names.${name as keyof typeof settings.names}` as const;
      const words = t(key);
      if (words !== key) return words;
      const text = name.replaceAll("_", " ").toLowerCase();
      return text.charAt(0).toUpperCase() + text.slice(1);
    },
    [t],
  );
}
