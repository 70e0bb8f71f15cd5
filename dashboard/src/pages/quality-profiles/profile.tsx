import { useQuery } from "@tanstack/react-query";
import { useId, useState, type ReactNode } from "react";
import { useNavigate, useParams } from "react-router";

import { BackButton } from "../../parts/back-button";
import { Button } from "../../parts/button";
import { Section } from "../../parts/section";
import { Empty, Failed, Waiting } from "../../parts/states";
import { Switch } from "../../parts/switch";
import { useTranslation } from "../../words";
import { AssignedList } from "./assigned-list";
import { bodyOf, EMPTY, FORMATS, listOf, NARRATORS, NUMBERS, SWITCHES, TEXT_LISTS, toggled, type NewProfile, type Profile } from "./profile-model";
import css from "./profiles.module.css";
import { profilesQuery, useProfiles } from "./use-profiles";

/** One profile, or a new one. */
export function Component() {
  const { t } = useTranslation();
  const { profileId = "" } = useParams();
  const query = useQuery(profilesQuery);
  if (query.data === undefined) return <Waiting query={query} />;
  const before = query.data.find(({ id }) => id === profileId);
  if (!before && profileId !== "new") return <Empty title={t("states.notFound")} />;
  return <Form key={profileId} before={before} />;
}

function Form({ before }: { before: Profile | undefined }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { save } = useProfiles();
  const [body, setBody] = useState<NewProfile>(() => (before ? bodyOf(before) : EMPTY));
  const [names, setNames] = useState(
    () => new Map([...(before?.series ?? []), ...(before?.authors ?? []), ...(before?.books ?? [])].map(({ id, name }) => [id, name])),
  );
  const set = (changes: Partial<NewProfile>) => setBody((now) => ({ ...now, ...changes }));
  const title = before?.name ?? t("profiles.add");
  const formats = body.formats ?? [];
  const assign = (kind: "series_ids" | "author_ids" | "book_ids") => ({
    ids: body[kind] ?? [],
    names,
    onChange: (ids: string[], added?: { id: string; name: string }) => {
      if (added) setNames((now) => new Map(now).set(added.id, added.name));
      set({ [kind]: ids });
    },
  });
  return (
    <form
      className={css.page}
      aria-label={title}
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate({ before, body }, { onSuccess: () => void navigate("/settings/quality-profiles") });
      }}
    >
      <title>{`${title} – Gapless`}</title>
      <header>
        <BackButton list="/settings/quality-profiles" />
        <h1 dir="auto">{title}</h1>
      </header>
      {save.error && <Failed part error={save.error} />}
      <Section title={t("profiles.must")}>
        <Labelled label={t("profiles.fields.name")}>
          {(id) => <input id={id} required maxLength={100} value={body.name} onChange={({ target }) => set({ name: target.value })} />}
        </Labelled>
        <div role="group" aria-label={t("profiles.fields.formats")} className={css.formats}>
          <b>{t("profiles.fields.formats")}</b>
          <p className={css.quiet}>{t("profiles.formatsHint")}</p>
          {FORMATS.map((format) => {
            const place = formats.indexOf(format) + 1;
            return (
              <button key={format} type="button" aria-pressed={place > 0} onClick={() => set({ formats: toggled(formats, format) })}>
                {place > 0 ? `${place}. ${format}` : format}
              </button>
            );
          })}
        </div>
        {TEXT_LISTS.map((field) => (
          <TextList key={field} label={t(`profiles.fields.${field}`)} hint={t("profiles.commas")} values={body[field] ?? []} onChange={(values) => set({ [field]: values })} />
        ))}
        <Labelled label={t("profiles.fields.series_narrator")}>
          {(id) => (
            <select id={id} value={body.series_narrator ?? "any"} onChange={({ target }) => set({ series_narrator: target.value as (typeof NARRATORS)[number] })}>
              {NARRATORS.map((each) => (
                <option key={each} value={each}>
                  {t(`profiles.narrators.${each}`)}
                </option>
              ))}
            </select>
          )}
        </Labelled>
      </Section>
      <Section title={t("profiles.limits")}>
        <div className={css.numbers}>
          {NUMBERS.map(([field, least, most, optional]) => (
            <Labelled key={field} label={t(`profiles.fields.${field}`)}>
              {(id) => (
                <input
                  id={id}
                  type="number"
                  step="any"
                  min={least}
                  max={most}
                  required={!optional}
                  value={body[field] ?? ""}
                  placeholder={optional ? t("profiles.anyNumber") : ""}
                  onChange={({ target }) => set({ [field]: target.value === "" ? (optional ? null : least) : target.valueAsNumber })}
                />
              )}
            </Labelled>
          ))}
          <Labelled label={t("profiles.fields.upgrade_until")}>
            {(id) => (
              <select id={id} value={body.upgrade_until ?? ""} onChange={({ target }) => set({ upgrade_until: (target.value || null) as NonNullable<NewProfile["upgrade_until"]> | null })}>
                <option value="">{t("profiles.firstFormat")}</option>
                {formats.map((format) => (
                  <option key={format} value={format}>
                    {format}
                  </option>
                ))}
              </select>
            )}
          </Labelled>
        </div>
        {SWITCHES.map((field) => (
          <div key={field} className={css.switch}>
            <Switch label={t(`profiles.fields.${field}`)} on={body[field] ?? false} onChange={(on) => set({ [field]: on })} />
            <span aria-hidden="true">{t(`profiles.fields.${field}`)}</span>
          </div>
        ))}
      </Section>
      {!before?.is_default && (
        <Section title={t("profiles.appliesTo")} text={t("profiles.appliesText")}>
          <AssignedList kind="series" {...assign("series_ids")} />
          <AssignedList kind="authors" {...assign("author_ids")} />
          <AssignedList kind="books" {...assign("book_ids")} />
        </Section>
      )}
      <div className={css.actions}>
        <Button type="submit" look="strong" disabled={save.isPending}>
          {t("settings.save")}
        </Button>
        <Button onClick={() => void navigate("/settings/quality-profiles")}>{t("app.cancel")}</Button>
      </div>
    </form>
  );
}

interface TextListProps {
  label: string;
  hint: string;
  values: readonly string[];
  onChange: (values: string[]) => void;
}

function TextList({ label, hint, values, onChange }: TextListProps) {
  const [text, setText] = useState(values.join(", "));
  return (
    <Labelled label={label}>
      {(id) => (
        <input
          id={id}
          value={text}
          maxLength={2_000}
          placeholder={hint}
          onChange={({ target }) => {
            setText(target.value);
            onChange(listOf(target.value));
          }}
        />
      )}
    </Labelled>
  );
}

function Labelled({ label, children }: { label: string; children: (id: string) => ReactNode }) {
  const id = useId();
  return (
    <div className={css.field}>
      <label htmlFor={id}>{label}</label>
      {children(id)}
    </div>
  );
}
