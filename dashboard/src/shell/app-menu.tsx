import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { NavLink } from "react-router";

import { api, basePath, ok } from "../api/client";
import { useNarrow } from "../list/use-narrow";
import { Button } from "../parts/button";
import { Dialog, DialogActions } from "../parts/dialog";
import { useToasts } from "../parts/toasts";
import { changeLanguage, LANGUAGES, type Language } from "../words";
import { useTranslation } from "../words";
import css from "./app-menu.module.css";
import { GROUPS } from "./pages";
import { setTheme, theme, THEMES } from "./theme";

const THEME_WORDS = { system: "app.themeSystem", light: "app.themeLight", dark: "app.themeDark" } as const;

/** On phones the pages that are not in the bar. Appearance, language, sign out, and what is not a page. */
export default function AppMenu({ onClose }: { onClose: () => void }) {
  const { t, language } = useTranslation();
  const isNarrow = useNarrow();
  const client = useQueryClient();
  const { fail } = useToasts();
  const [chosen, setChosen] = useState(theme);
  const signOut = useMutation({
    mutationFn: () => ok(api.DELETE("/api/session")),
    onSuccess: () => client.resetQueries(),
    onError: fail,
  });
  return (
    <Dialog title={t("app.more")} onClose={onClose}>
      {isNarrow && (
        <ul className={css.pages}>
          {GROUPS.slice(1)
            .flat()
            .map(({ path, name, icon: Icon }) => (
              <li key={path}>
                <NavLink to={path} onClick={onClose}>
                  <Icon aria-hidden="true" />
                  {t(`pages.${name}`)}
                </NavLink>
              </li>
            ))}
        </ul>
      )}
      <Choice
        name={t("app.theme")}
        value={chosen}
        options={THEMES.map((each) => [each, t(THEME_WORDS[each])] as const)}
        onChange={(each) => {
          setTheme(each);
          setChosen(each);
        }}
      />
      <Choice
        name={t("app.language")}
        value={language}
        options={Object.entries(LANGUAGES) as [Language, string][]}
        onChange={(each) => void changeLanguage(each).catch(fail)}
      />
      <p className={css.links}>
        <a href={`${basePath}/docs`}>{t("app.apiDocs")}</a>
        <a href={`${basePath}/licenses.md`}>{t("app.licenses")}</a>
      </p>
      <DialogActions>
        <Button onClick={() => signOut.mutate()}>{t("app.signOut")}</Button>
      </DialogActions>
    </Dialog>
  );
}

interface ChoiceProps<Value extends string> {
  name: string;
  value: Value;
  options: readonly (readonly [Value, string])[];
  onChange: (value: Value) => void;
}

/** One of a few values, all in sight. */
function Choice<Value extends string>({ name, value, options, onChange }: ChoiceProps<Value>) {
  return (
    <fieldset className={css.choice}>
      <legend>{name}</legend>
      {options.map(([key, words]) => (
        <label key={key}>
          <input type="radio" name={name} value={key} checked={value === key} onChange={() => onChange(key)} />
          {words}
        </label>
      ))}
    </fieldset>
  );
}
