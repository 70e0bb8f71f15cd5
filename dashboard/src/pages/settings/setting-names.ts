import { useCallback } from "react";

import type { SettingFault } from "../../api/problem";
import { useTranslation } from "../../words";
import type { settings } from "../../words/en/settings";
import { sentence, type FieldGroup, type Setting } from "./settings-model";

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
  const { ofService } = useTranslation();
  return useCallback(
    (name) => {
      const text = name.replaceAll("_", " ").toLowerCase();
      return ofService(`settings.${name}.name`, text.charAt(0).toUpperCase() + text.slice(1));
    },
    [ofService],
  );
}

/** What a setting means. */
export function useSettingMeaning(): (setting: Pick<Setting, "name" | "description">) => string {
  const { ofService } = useTranslation();
  return useCallback(({ name, description }) => ofService(`settings.${name}.about`, description), [ofService]);
}

/** What a search finds a setting by: its name, what it means, and the title of its group. */
export function useSettingWords(): (setting: Pick<Setting, "name" | "description">, group: FieldGroup) => string {
  const [nameOf, meaningOf, titleOf] = [useSettingName(), useSettingMeaning(), useGroupTitle()];
  return useCallback(
    (setting, group) => [nameOf(setting.name), meaningOf(setting), titleOf(group)].join(" "),
    [nameOf, meaningOf, titleOf],
  );
}

/** What is wrong with a setting, with the name of it, and what to do. */
export function useFaultText(): (fault: SettingFault) => string {
  const { sentence: translated } = useTranslation();
  return useCallback(
    ({ setting, words, to_do = "", translatable = {} }) =>
      [
        setting && `${setting}:`,
        sentence(translated(translatable["words"], words)),
        sentence(translated(translatable["to_do"], to_do)),
      ]
        .filter(Boolean)
        .join(" "),
    [translated],
  );
}

/** What a test of settings looked at. Its code may name a setting, as `exists:LIBRARY_PATH`; its name may begin with the
 * system of which it is said, as “google: address reachable”. */
export function useFactName(): (code: string, name: string) => string {
  const { ofService } = useTranslation();
  return useCallback(
    (code, name) => {
      const [kind = "", what = ""] = code.split(":");
      const [, system = ""] = /^(\w+): /.exec(name) ?? [];
      const words = ofService(`facts.${kind}`, "", { what });
      return sentence(words ? [system, words].filter(Boolean).join(": ") : name);
    },
    [ofService],
  );
}
