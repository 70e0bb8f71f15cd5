import { useQuery } from "@tanstack/react-query";
import { Plus, Star, Trash2 } from "lucide-react";
import { useState } from "react";
import { Link, useNavigate } from "react-router";

import { BackButton } from "../../parts/back-button";
import { Badge } from "../../parts/badge";
import { Button, IconButton } from "../../parts/button";
import { Dialog, DialogActions } from "../../parts/dialog";
import { Facts } from "../../parts/facts";
import { Failed, Waiting } from "../../parts/states";
import { useFormat } from "../../parts/use-format";
import { useTranslation } from "../../words";
import type { Profile } from "./profile-model";
import css from "./profiles.module.css";
import { profilesQuery, useProfiles } from "./use-profiles";

/** What a release must be: the profiles, and to what each applies. */
export function Component() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const query = useQuery(profilesQuery);
  const { drop, choose } = useProfiles();
  const [asked, setAsked] = useState<Profile | null>(null);
  const former = query.data?.find((each) => each.is_default);
  return (
    <div className={css.page}>
      <title>{`${t("profiles.title")} – Gapless`}</title>
      <header className={css.head}>
        <div>
          <BackButton list="/settings" />
          <h1>{t("profiles.title")}</h1>
          <p className={css.quiet}>{t("profiles.text")}</p>
        </div>
        <Button look="strong" icon={<Plus aria-hidden="true" />} onClick={() => void navigate("/settings/quality-profiles/new")}>
          {t("profiles.add")}
        </Button>
      </header>
      {query.data === undefined && <Waiting query={query} />}
      {query.data !== undefined && query.error && <Failed part error={query.error} onRetry={() => void query.refetch()} />}
      <ul className={css.list}>
        {query.data?.map((profile) => (
          <li key={profile.id}>
            <div className={css.name}>
              <Link to={`/settings/quality-profiles/${profile.id}`} dir="auto">
                {profile.name}
              </Link>
              {profile.is_default && <Badge tone="accent">{t("profiles.isDefault")}</Badge>}
              {!profile.is_default && assigned(profile) === 0 && (
                <IconButton
                  label={t("profiles.makeDefaultNamed", { profile: profile.name })}
                  icon={<Star />}
                  disabled={choose.isPending}
                  onClick={() => choose.mutate({ profile, former })}
                />
              )}
              {!profile.is_default && (
                <IconButton
                  label={t("profiles.deleteNamed", { profile: profile.name })}
                  icon={<Trash2 />}
                  onClick={() => setAsked(profile)}
                />
              )}
            </div>
            <Summary profile={profile} />
          </li>
        ))}
      </ul>
      {asked && (
        <Dialog title={t("profiles.deleteNamed", { profile: asked.name })} onClose={() => setAsked(null)}>
          <p>{t("profiles.deleteText", { count: assigned(asked) })}</p>
          <DialogActions>
            <Button onClick={() => setAsked(null)}>{t("app.cancel")}</Button>
            <Button
              look="danger"
              disabled={drop.isPending}
              onClick={() => drop.mutate(asked, { onSettled: () => setAsked(null) })}
            >
              {t("profiles.delete")}
            </Button>
          </DialogActions>
        </Dialog>
      )}
    </div>
  );
}

const assigned = ({ series = [], authors = [], books = [] }: Profile) => series.length + authors.length + books.length;

/** What the profile asks for, in one line, and to what it applies. */
function Summary({ profile }: { profile: Profile }) {
  const { t } = useTranslation();
  const format = useFormat();
  const names = [...(profile.series ?? []), ...(profile.authors ?? []), ...(profile.books ?? [])].map(({ name }) => name);
  return (
    <Facts
      facts={[
        [t("profiles.fields.formats"), profile.formats?.join(", ")],
        [t("profiles.fields.languages"), profile.languages?.map(format.language).join(", ")],
        [t("profiles.fields.required_narrators"), profile.required_narrators?.join(", ")],
        [t("profiles.fields.min_seeders"), format.number(profile.min_seeders ?? 1)],
        [t("profiles.fields.delay_hours"), profile.delay_hours ? format.number(profile.delay_hours) : null],
        [t("profiles.fields.upgrade"), profile.upgrade ? t("profiles.yes") : null],
        [t("profiles.appliesTo"), profile.is_default ? t("profiles.everythingElse") : names.length > 0 ? names.join(", ") : t("profiles.nothing")],
      ]}
    />
  );
}
