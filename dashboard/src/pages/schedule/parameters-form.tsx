import { useId, useState } from "react";

import { Button } from "../../parts/button";
import { useTranslation } from "../../words";
import { parametersIn, textOfParameters, type Parameters } from "./parameters-text";
import css from "./schedule.module.css";

interface ParametersFormProps {
  parameters: Parameters;
  saving: boolean;
  onSave: (parameters: Parameters) => void;
}

/** Changes the parameters of the scheduled runs. The service refuses one that the task does not have, and names those
 * that it has. */
export function ParametersForm({ parameters, saving, onSave }: ParametersFormProps) {
  const { t } = useTranslation();
  const id = useId();
  const [text, setText] = useState(textOfParameters(parameters));
  const entered = parametersIn(text);
  const changed = entered !== null && JSON.stringify(entered) !== JSON.stringify(parameters);
  return (
    <form
      className={css.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (changed) onSave(entered);
      }}
    >
      <div className={css.field}>
        <label htmlFor={id}>{t("schedule.parametersLabel")}</label>
        <textarea
          id={id}
          className={css.code}
          rows={Math.min(12, Math.max(2, text.split("\n").length))}
          maxLength={10_000}
          spellCheck={false}
          value={text}
          placeholder="{}"
          aria-invalid={entered === null || undefined}
          aria-describedby={`${id}-hint`}
          onChange={({ target }) => setText(target.value)}
        />
        <p id={`${id}-hint`} className={entered === null ? css.fault : css.quiet}>
          {t(entered === null ? "schedule.parametersWrong" : "schedule.parametersHint")}
        </p>
      </div>
      <div className={css.actions}>
        <Button type="submit" disabled={!changed || saving}>
          {t("schedule.saveParameters")}
        </Button>
      </div>
    </form>
  );
}
