import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { systemName } from "../../parts/source-name";
import { useTranslation } from "../../words";
import { Link, useNavigate } from "react-router";

import { api, ok } from "../../api/client";
import { SearchField, Select } from "../../list/list-bar";
import { Badge } from "../../parts/badge";
import { Button } from "../../parts/button";
import { Dialog, DialogActions } from "../../parts/dialog";
import { Failed } from "../../parts/states";
import { useToasts } from "../../parts/toasts";
import css from "./authors.module.css";
import { MODES, type Mode } from "./follow";

const SHOWN = 5;

/** Finds an author: those of the library first, and whether a provider knows the name. Adds one that is new. */
export function AddAuthor({ onClose, start = "" }: { onClose: () => void; start?: string }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const navigate = useNavigate();
  const { say, fail } = useToasts();
  const [name, setName] = useState(start);
  const [follow, setFollow] = useState<Mode>("all");
  const known = useQuery({
    queryKey: ["authors", "search", name, SHOWN],
    queryFn: ({ signal }) => ok(api.GET("/api/authors/search", { params: { query: { query: name, limit: SHOWN } }, signal })),
    enabled: name !== "",
  });
  const lookUp = useQuery({
    queryKey: ["authors", "look-up", name],
    queryFn: ({ signal }) => ok(api.GET("/api/authors/look-up", { params: { query: { name } }, signal })),
    enabled: false,
    retry: false,
  });
  const add = useMutation({
    mutationFn: () => ok(api.POST("/api/authors", { body: { name, follow } })),
    onError: fail,
    onSuccess: (author) => {
      void client.invalidateQueries({ queryKey: ["authors"] });
      say({ text: t("authors.added", { name: author.name }) });
      onClose();
      void navigate(`/authors/${author.id}`);
    },
  });
  const found = name === "" ? [] : (known.data?.items ?? []);
  const exists = found.some((each) => each.name.toLowerCase() === name.toLowerCase());
  return (
    <Dialog title={t("authors.add")} onClose={onClose}>
      <p className={css.quiet}>{t("authors.addText")}</p>
      <SearchField label={t("authors.addName")} value={name} onChange={setName} />
      {known.error && <Failed part error={known.error} onRetry={() => void known.refetch()} />}
      {found.length > 0 && (
        <div>
          <h3>{t("authors.inLibrary")}</h3>
          <ul className={css.found}>
            {found.map((each) => (
              <li key={each.id}>
                <Link to={`/authors/${each.id}`} onClick={onClose} dir="auto">
                  {each.name}
                </Link>
                <Badge tone={each.followed ? "accent" : "plain"}>{t(`authors.follow.${each.follow ?? "automatic"}`)}</Badge>
              </li>
            ))}
          </ul>
        </div>
      )}
      {name !== "" && !exists && (
        <div className={css.stack}>
          <div className={css.line}>
            <h3 dir="auto">{t("authors.newName", { name })}</h3>
            <Button disabled={lookUp.isFetching} onClick={() => void lookUp.refetch()}>
              {t(lookUp.isFetching ? "authors.lookingUp" : "authors.lookUp")}
            </Button>
          </div>
          <div role="status">
            {lookUp.data && !lookUp.isFetching && (
              <p>
                {lookUp.data.asin
                  ? t("authors.providerKnows", { providers: systemName((lookUp.data.answered ?? []).join(", ")), asin: lookUp.data.asin })
                  : t((lookUp.data.answered ?? []).length > 0 ? "authors.providerUnknown" : "authors.noProvider")}
              </p>
            )}
          </div>
          {lookUp.error && <Failed part error={lookUp.error} />}
          <Select
            label={t("authors.followed")}
            value={follow}
            options={MODES.author.map((each) => [each, t(`authors.follow.${each}`)] as const)}
            onChange={(next) => setFollow(next || "all")}
          />
        </div>
      )}
      <DialogActions>
        <Button onClick={onClose}>{t("app.cancel")}</Button>
        <Button look="strong" disabled={name === "" || exists || add.isPending} onClick={() => add.mutate()}>
          {t("authors.addDo")}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
