import { useMutation } from "@tanstack/react-query";
import { CircleCheck, CircleDashed, CircleX } from "lucide-react";

import type { Schema } from "../../api/client";
import type { SettingFault } from "../../api/problem";
import { Button } from "../../parts/button";
import { Failed } from "../../parts/states";
import { useTranslation } from "../../words";
import { SettingField } from "./setting-field";
import css from "./settings.module.css";
import { sentence, type Drafts, type FieldGroup } from "./settings-model";
import { useFactName, useGroupTitle } from "./setting-names";
import { testGroup } from "./test-group";

interface GroupFormProps {
  group: FieldGroup;
  drafts: Drafts;
  faults: readonly SettingFault[];
  /** The setting that takes the focus. */
  focus?: string | undefined;
}

/** The fields of one group, and the test of what they contain. */
export function GroupForm({ group, drafts, faults, focus }: GroupFormProps) {
  const { t } = useTranslation();
  const title = useGroupTitle()(group);
  const test = useMutation({ mutationFn: () => testGroup(group, drafts) });
  return (
    <section className={css.group} aria-labelledby={`group-${group.name}`}>
      <h2 id={`group-${group.name}`}>{title}</h2>
      {group.fields.map((field) => (
        <SettingField
          key={field.name}
          field={field}
          draft={drafts.get(field.name)}
          fault={faults.find(({ setting }) => setting === field.name)}
          focus={field.name === focus}
        />
      ))}
      {group.testable && (
        <div className={css.test}>
          <Button disabled={test.isPending} onClick={() => test.mutate()}>
            {test.isPending ? t("settings.testing") : t("settings.test")}
          </Button>
          {test.error && <Failed part error={test.error} />}
          {test.data && <Facts test={test.data} />}
        </div>
      )}
    </section>
  );
}

const ICONS = { passed: CircleCheck, failed: CircleX, not_tested: CircleDashed } as const;

/** What a test found: one fact a line, with the exact error and what to do about it. */
export function Facts({ test }: { test: Schema["SettingsTest"] }) {
  const { t, sentence: translated } = useTranslation();
  const factName = useFactName();
  return (
    <div role="status">
      <ul className={css.facts}>
        {test.facts.map(({ code, name, state, words = "", to_do = "", translatable = {} }) => {
          const Icon = ICONS[state];
          const toDo = sentence(translated(translatable["to_do"], to_do));
          return (
            <li key={code} data-state={state}>
              <Icon aria-label={t(`settings.facts.${state}`)} role="img" />
              <div>
                <b>{factName(code, name)}</b> <span dir="auto">{sentence(translated(translatable["words"], words))}</span>
                {toDo && <p dir="auto">{toDo}</p>}
              </div>
            </li>
          );
        })}
      </ul>
    </div>
  );
}
