import { useMemo } from "react";
import { Link, useNavigate, useParams } from "react-router";

import { useListAddress } from "../../list/address";
import { SearchField, Select } from "../../list/list-bar";
import { useNarrow } from "../../list/use-narrow";
import { Badge } from "../../parts/badge";
import { Button } from "../../parts/button";
import { Empty, Failed, Waiting } from "../../parts/states";
import { useTranslation } from "../../words";
import { setDrafts, useDrafts } from "./drafts";
import { GroupForm } from "./group-form";
import css from "./settings.module.css";
import { faultOf, found, kindOf, type Drafts, type FieldGroup } from "./settings-model";
import { useFaultText, useGroupTitle, useSettingWords } from "./setting-names";
import { isApplying, useSaveSettings, useSettings } from "./use-settings";

const KINDS = ["connections", "rules", "installation"] as const;

/** All settings of all services: a group at a time, or what a search finds. */
export function Component() {
  const { t, sentence } = useTranslation();
  const titleOf = useGroupTitle();
  const faultText = useFaultText();
  const wordsOf = useSettingWords();
  const address = useListAddress();
  const drafts = useDrafts();
  const { query, groups } = useSettings();
  const { save, saving, faults, reset } = useSaveSettings(groups);
  const { group: chosen = groups[0]?.name } = useParams();
  const text = address.get("q");
  const shown = useMemo(
    () => (text ? found(groups, text, wordsOf) : groups.filter(({ name }) => name === chosen)),
    [groups, text, chosen, wordsOf],
  );
  const services = query.data ?? [];
  const applying = services.filter(isApplying);
  const isWrong = groups.some(({ fields }) => fields.some((field) => faultOf(field, drafts.get(field.name))));
  // What is wrong with several settings together, or with one that is not in sight.
  const inSight = new Set(shown.flatMap(({ fields }) => fields.map(({ name }) => name)));
  const others = faults.filter(({ setting }) => !inSight.has(setting));
  return (
    <div className={css.page}>
      <title>{`${t("settings.title")} – Gapless`}</title>
      <header className={css.head}>
        <h1>{t("settings.title")}</h1>
        <SearchField label={t("settings.find")} value={text} onChange={(q) => address.set({ q })} />
        <Link to="/settings/quality-profiles">{t("settings.profiles")}</Link>
        <Link to="/setup/audiobookshelf">{t("settings.setup")}</Link>
      </header>
      {query.data === undefined && <Waiting query={query} />}
      {query.data !== undefined && query.error && <Failed part error={query.error} onRetry={() => void query.refetch()} />}
      {services.map(
        ({ service, problem }) =>
          problem && (
            <p key={service} className={css.notice} role="status">
              {t("settings.away", { service, why: sentence(problem.translatable?.["detail"], problem.detail || problem.title) })}
            </p>
          ),
      )}
      {services.map(
        ({ service, settings }) =>
          settings &&
          settings.state !== "running" && (
            <div key={service} className={css.notice} role="status">
              <b>{t(settings.state === "needs_settings" ? "settings.needs" : "settings.wrong", { service })}</b>{" "}
              {settings.missing?.join(", ")}
              {settings.faults?.map((fault) => (
                <p key={fault.setting + fault.words} dir="auto">
                  {faultText(fault)}
                </p>
              ))}
            </div>
          ),
      )}
      {applying.length > 0 && (
        <p className={css.notice} role="status">
          {t("settings.applying", { services: applying.map(({ service }) => service).join(", ") })}
        </p>
      )}
      {groups.length > 0 && (
        <div className={css.columns}>
          <Groups groups={groups} drafts={drafts} searching={text !== ""} chosen={chosen ?? ""} />
          <div className={css.groups}>
            {shown.length === 0 && (
              <Empty
                title={t("settings.nothing")}
                action={<Button onClick={() => address.set({ q: "" })}>{t("states.clearFilters")}</Button>}
              />
            )}
            {shown.map((group) => (
              <GroupForm
                key={group.name}
                group={{ ...group, title: titleOf(group) }}
                drafts={drafts}
                faults={faults}
                focus={address.get("setting")}
              />
            ))}
          </div>
        </div>
      )}
      {drafts.size > 0 && (
        <section className={css.bar} aria-label={t("settings.unsavedChanges")}>
          <p aria-live="polite">
            {t("settings.changes", { count: drafts.size })}
            {others.map((fault) => (
              <span key={fault.setting + fault.words} className={css.fault} role="alert" dir="auto">
                {faultText(fault)}
              </span>
            ))}
          </p>
          <Button
            onClick={() => {
              setDrafts([...drafts.keys()].map((name) => [name, undefined]));
              reset();
            }}
          >
            {t("settings.discard")}
          </Button>
          <Button look="strong" disabled={saving || isWrong} onClick={() => save(drafts)}>
            {saving ? t("settings.saving") : t("settings.save")}
          </Button>
        </section>
      )}
    </div>
  );
}

interface GroupsProps {
  groups: readonly FieldGroup[];
  drafts: Drafts;
  searching: boolean;
  chosen: string;
}

/** The groups to choose from, with what is unsaved or missing in each. */
function Groups({ groups, drafts, searching, chosen }: GroupsProps) {
  const { t } = useTranslation();
  const titleOf = useGroupTitle();
  const navigate = useNavigate();
  const narrow = useNarrow();
  if (narrow) {
    return (
      <Select
        label={t("settings.group")}
        value={searching ? "" : chosen}
        options={[...(searching ? [["", t("settings.allFound")] as const] : []), ...groups.map((group) => [group.name, titleOf(group)] as const)]}
        onChange={(name) => void navigate(`/settings/${name}`)}
      />
    );
  }
  return (
    <nav aria-label={t("settings.group")} className={css.rail}>
      {KINDS.map((kind) => (
        <section key={kind} aria-labelledby={`kind-${kind}`}>
          <h2 id={`kind-${kind}`}>{t(`settings.kinds.${kind}`)}</h2>
          <ul>
            {groups
              .filter((group) => kindOf(group) === kind)
              .map((group) => {
                const unsaved = group.fields.filter(({ name }) => drafts.has(name)).length;
                const missing = group.fields.some(({ required, is_set, name }) => required && !is_set && !drafts.has(name));
                return (
                  <li key={group.name}>
                    <Link to={`/settings/${group.name}`} aria-current={!searching && group.name === chosen ? "page" : undefined}>
                      {titleOf(group)}
                      {unsaved > 0 && <Badge tone="accent">{t("settings.unsavedCount", { count: unsaved })}</Badge>}
                      {missing && <Badge tone="gap">{t("settings.required")}</Badge>}
                    </Link>
                  </li>
                );
              })}
          </ul>
        </section>
      ))}
    </nav>
  );
}
