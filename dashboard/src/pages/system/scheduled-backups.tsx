import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import { api, basePath, ok, type Schema } from "../../api/client";
import { Button } from "../../parts/button";
import { Loaded } from "../../parts/loaded";
import { Section } from "../../parts/section";
import { useToasts } from "../../parts/toasts";
import { useFormat } from "../../parts/use-format";
import { useTranslation } from "../../words";
import css from "./system.module.css";

const KEY = ["runs", "backups"];

/** The backups that the task made, each to download or to delete, and a button that makes one now. */
export function ScheduledBackups() {
  const { t } = useTranslation();
  const backups = useQuery({ queryKey: KEY, queryFn: ({ signal }) => ok(api.GET("/api/system/backups", { signal })) });
  return <Loaded query={backups}>{(found) => <Backups found={found} title={t("system.backups.title")} />}</Loaded>;
}

function Backups({ found, title }: { found: Schema["ScheduledBackups"]; title: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { say, fail } = useToasts();
  const make = useMutation({
    mutationFn: () => ok(api.POST("/api/scheduler/tasks/{name}/run", { params: { path: { name: "backup" } }, body: {} })),
    onSuccess: () => say({ text: t("system.backups.started") }),
    onError: fail,
  });
  if (!found.path) {
    return (
      <Section title={title}>
        <p className={css.text}>{t("system.backups.off")}</p>
      </Section>
    );
  }
  const kept = t("system.backups.kept", { path: found.path, count: found.keep_count });
  const age = found.keep_days ? ` ${t("system.backups.keptDays", { count: found.keep_days })}` : "";
  const free = found.free_bytes ? ` ${t("system.backups.free", { bytes: format.bytes(found.free_bytes) })}` : "";
  return (
    <Section
      title={title}
      text={kept + age + free}
      actions={
        <Button disabled={make.isPending} onClick={() => make.mutate()}>
          {t("system.backups.make")}
        </Button>
      }
    >
      {found.items?.length ? (
        <ul className={css.messages}>
          {found.items.map((backup, place) => (
            <Backup key={backup.name} backup={backup} isNewest={place === 0} />
          ))}
        </ul>
      ) : (
        <p className={css.quiet}>{t("system.backups.none")}</p>
      )}
    </Section>
  );
}

function Backup({ backup, isNewest }: { backup: Schema["StoredBackup"]; isNewest: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  const client = useQueryClient();
  const { say, fail } = useToasts();
  const date = format.moment(backup.made_at);
  const remove = useMutation({
    mutationFn: () => ok(api.DELETE("/api/system/backups/{name}", { params: { path: { name: backup.name } } })),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: KEY });
      say({ text: t("system.backups.deleted", { date }) });
    },
    onError: fail,
  });
  return (
    <li>
      <div className={css.line}>
        <b>{date}</b>
        <span className={css.quiet}>{format.bytes(backup.size_bytes)}</span>
        <a href={`${basePath}/api/system/backups/${backup.name}`} download={backup.name} aria-label={t("system.backups.downloadNamed", { date })}>
          {t("system.backup.download")}
        </a>
        {isNewest ? (
          <span className={css.quiet}>{t("system.backups.newest")}</span>
        ) : (
          <Button aria-label={t("system.backups.deleteNamed", { date })} disabled={remove.isPending} onClick={() => remove.mutate()}>
            {t("system.backups.delete")}
          </Button>
        )}
      </div>
    </li>
  );
}
