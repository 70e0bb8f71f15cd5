import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { Link, useNavigate } from "react-router";

import type { Schema } from "../../api/client";
import { Button } from "../../parts/button";
import { Failed } from "../../parts/states";
import { useTranslation } from "../../words";
import { Facts } from "../settings/group-form";
import { SettingField } from "../settings/setting-field";
import { useFaultText, useGroupTitle } from "../settings/setting-names";
import type { Drafts, FieldGroup } from "../settings/settings-model";
import { testGroup } from "../settings/test-group";
import { useSaveSettings } from "../settings/use-settings";
import css from "./setup.module.css";
import { skipStep } from "./skipped";
import { clientField, groupsOfStep, isUsed, STEPS, type Step } from "./steps";

interface StepFormProps {
  step: Step;
  groups: readonly FieldGroup[];
  drafts: Drafts;
}

/** One step: its settings, their test, and on to the next step. */
export function StepForm({ step, groups, drafts }: StepFormProps) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const titleOf = useGroupTitle();
  const faultText = useFaultText();
  const shown = groupsOfStep(step, groups, drafts);
  const client = step === "client" ? clientField(groups) : undefined;
  const { save, saving, faults } = useSaveSettings(groups);
  const [failed, setFailed] = useState(false);
  const fields = [...(client ? [client] : []), ...shown.flatMap((group) => group.fields)];
  const own: Drafts = new Map([...drafts].filter(([name]) => fields.some((field) => field.name === name)));
  const next = `/setup/${STEPS[STEPS.indexOf(step) + 1] ?? "ready"}`;
  const go = () => void navigate(next);
  const store = () => (own.size > 0 ? save(own, go) : go());
  const test = useMutation({
    mutationFn: async () => {
      const tests: Schema["SettingsTest"][] = [];
      const used = shown.filter((group) => group.testable && isUsed(group, drafts));
      for (const group of used) tests.push(await testGroup(group, drafts));
      return tests;
    },
    onSuccess: (tests) => {
      const passed = tests.every((each) => each.passed);
      setFailed(!passed);
      if (passed) store();
    },
    onError: () => setFailed(true),
  });
  const title = t(`setup.steps.${step}.title`);
  return (
    <form
      className={css.form}
      aria-label={title}
      onSubmit={(event) => {
        event.preventDefault();
        test.mutate();
      }}
    >
      <h2>{title}</h2>
      <p className={css.text}>{t(`setup.steps.${step}.text`)}</p>
      {client && (
        <SettingField field={client} draft={drafts.get(client.name)} fault={faults.find(({ setting }) => setting === client.name)} />
      )}
      {shown.map((group) => (
        <div key={group.name} role="group" aria-label={titleOf(group)}>
          {shown.length > 1 && <h3>{titleOf(group)}</h3>}
          {group.fields.map((field) => (
            <SettingField
              key={field.name}
              field={field}
              draft={drafts.get(field.name)}
              fault={faults.find(({ setting }) => setting === field.name)}
            />
          ))}
        </div>
      ))}
      {faults
        .filter(({ setting }) => !fields.some(({ name }) => name === setting))
        .map((fault) => (
          <p key={fault.setting + fault.words} className={css.fault} role="alert" dir="auto">
            {faultText(fault)}
          </p>
        ))}
      {test.error && <Failed part error={test.error} />}
      {test.data?.map((each) => (
        <div key={each.group}>
          {test.data.length > 1 && <h3>{titleOf({ name: each.group, title: each.group })}</h3>}
          <Facts test={each} />
        </div>
      ))}
      <div className={css.actions}>
        <Button type="submit" look="strong" disabled={test.isPending || saving}>
          {test.isPending ? t("settings.testing") : saving ? t("settings.saving") : t("setup.testAndGo")}
        </Button>
        {failed && own.size > 0 && (
          <Button disabled={saving} onClick={store}>
            {t("setup.saveAnyway")}
          </Button>
        )}
        <Button
          look="quiet"
          onClick={() => {
            skipStep(step);
            go();
          }}
        >
          {t("setup.skip")}
        </Button>
        <Link to={`/settings/${shown[0]?.name ?? ""}`}>{t("setup.allOf")}</Link>
      </div>
    </form>
  );
}
