import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Plus, Tags, X } from "lucide-react";
import { useState } from "react";

import { api, ok, type Schema } from "../../api/client";
import { Button, IconButton } from "../../parts/button";
import { Dialog, DialogActions } from "../../parts/dialog";
import { Waiting } from "../../parts/states";
import { useToasts } from "../../parts/toasts";
import { useActorName } from "../../parts/use-actor-name";
import { useFormat } from "../../parts/use-format";
import { useTranslation } from "../../words";
import { linesOf, rulesOf } from "./genre-rules";
import css from "./metadata.module.css";

const KEY = ["proposals", "genre-map"] as const;

/** A button that opens the genre map: what becomes of each genre and tag. */
export function GenreMap() {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button icon={<Tags aria-hidden="true" />} onClick={() => setOpen(true)}>
        {t("metadata.genres.open")}
      </Button>
      {open && <GenreDialog onClose={() => setOpen(false)} />}
    </>
  );
}

function GenreDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const stored = useQuery({
    queryKey: KEY,
    queryFn: ({ signal }) => ok(api.GET("/api/metadata/genre-map", { signal })),
  });
  return (
    <Dialog title={t("metadata.genres.title")} onClose={onClose}>
      <p className={css.small}>{t("metadata.genres.text")}</p>
      {stored.data ? <GenreForm stored={stored.data} onClose={onClose} /> : <Waiting query={stored} />}
    </Dialog>
  );
}

/** The lines that a person edits. They are stored together. */
function GenreForm({ stored, onClose }: { stored: Schema["GenreMap"]; onClose: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { say, fail } = useToasts();
  const [lines, setLines] = useState(() => linesOf(stored.genres).map((line, id) => ({ ...line, id })));
  const [nextId, setNextId] = useState(lines.length);
  const set = (id: number, change: { name?: string; becomes?: string }) =>
    setLines((before) => before.map((each) => (each.id === id ? { ...each, ...change } : each)));
  const save = useMutation({
    mutationFn: () => ok(api.PUT("/api/metadata/genre-map", { body: { genres: rulesOf(lines) } })),
    onError: fail,
    onSuccess: (map) => {
      client.setQueryData(KEY, map);
      void client.invalidateQueries({ queryKey: ["proposals"] });
      say({ text: t("metadata.genres.saved") });
      onClose();
    },
  });
  return (
    <form
      className={css.genreMap}
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      {lines.length === 0 && <p className={css.small}>{t("metadata.genres.empty")}</p>}
      <ul>
        {lines.map(({ id, name, becomes }) => (
          <li key={id}>
            <input
              aria-label={t("metadata.genres.name")}
              placeholder={t("metadata.genres.name")}
              maxLength={100}
              value={name}
              dir="auto"
              onChange={({ target }) => set(id, { name: target.value })}
            />
            <input
              aria-label={t("metadata.genres.becomesOf", { name })}
              placeholder={t("metadata.genres.dropped")}
              maxLength={1_000}
              value={becomes}
              dir="auto"
              onChange={({ target }) => set(id, { becomes: target.value })}
            />
            <IconButton
              label={t("metadata.genres.removeNamed", { name })}
              icon={<X />}
              onClick={() => setLines((before) => before.filter((each) => each.id !== id))}
            />
          </li>
        ))}
      </ul>
      <Changed stored={stored} />
      <DialogActions>
        <Button
          icon={<Plus aria-hidden="true" />}
          onClick={() => {
            setLines((before) => [...before, { id: nextId, name: "", becomes: "" }]);
            setNextId(nextId + 1);
          }}
        >
          {t("metadata.genres.add")}
        </Button>
        <Button type="submit" look="strong" disabled={save.isPending}>
          {t("metadata.genres.save")}
        </Button>
      </DialogActions>
    </form>
  );
}

function Changed({ stored }: { stored: Schema["GenreMap"] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const by = useActorName()(stored.changed_by);
  if (!stored.changed_at) return null;
  const when = format.relative(stored.changed_at);
  return (
    <p className={css.small}>{by ? t("metadata.genres.changedBy", { when, by }) : t("metadata.genres.changed", { when })}</p>
  );
}
