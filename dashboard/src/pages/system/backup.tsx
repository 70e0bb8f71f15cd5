import { Download } from "lucide-react";

import { basePath } from "../../api/client";
import { Section } from "../../parts/section";
import { useTranslation } from "../../words";
import { ScheduledBackups } from "./scheduled-backups";
import css from "./system.module.css";

/** The volumes with the keys of the services, as `gapless backup` and `gapless restore` need them. */
const VOLUMES = [
  'keys="-v gapless_keys-gateway:/all-keys/gateway -v gapless_keys-mam-search:/all-keys/mam-search"',
  'keys="$keys -v gapless_keys-downloader:/all-keys/downloader -v $PWD/backups:/backups"',
];
const STOP = "docker compose stop gateway scheduler library-scanner mam-search downloader metadata";
const WITH_SECRETS = [
  "mkdir -p backups && sudo chown 1000:1000 backups",
  "export BACKUP_PASSPHRASE=…",
  ...VOLUMES,
  "docker compose run --rm -e BACKUP_PASSPHRASE $keys prepare gapless backup /backups/gapless.backup",
];
const VERIFY = [...VOLUMES, "docker compose run --rm $keys prepare gapless backup --verify /backups/FILE"];
const RESTORE = [
  "docker compose run --rm --user 0:0 --cap-add CHOWN --cap-add DAC_OVERRIDE --cap-add FOWNER \\",
  "  -e BACKUP_PASSPHRASE $keys prepare gapless restore /backups/FILE",
];

/** Download a backup or a support bundle, and the steps of a restore, which happens while the services are stopped. */
export function Backup() {
  const { t } = useTranslation();
  return (
    <>
      <ScheduledBackups />
      <Section title={t("system.backup.title")} text={t("system.backup.text")}>
        <p className={css.text}>{t("system.backup.sealed")}</p>
        <p>
          <a className={css.download} href={`${basePath}/api/system/backup`} download="">
            <Download aria-hidden="true" />
            {t("system.backup.download")}
          </a>
        </p>
        <details className={css.quiet}>
          <summary>{t("system.backup.withSecrets")}</summary>
          <p>{t("system.backup.withSecretsText")}</p>
          <Commands title="Docker" lines={WITH_SECRETS} />
          <Commands title={t("system.backup.withoutDocker")} lines={["BACKUP_PASSPHRASE=… .venv/bin/gapless backup gapless.backup"]} />
        </details>
      </Section>
      <Section title={t("system.backup.restore")} text={t("system.backup.restoreText")}>
        <p className={css.warning}>{t("system.backup.replaces")}</p>
        <ol className={css.steps}>
          <li>
            {t("system.backup.stepVerify")}
            <Commands title="Docker" lines={VERIFY} />
            <Commands title={t("system.backup.withoutDocker")} lines={[".venv/bin/gapless backup --verify FILE"]} />
          </li>
          <li>
            {t("system.backup.stepStop")}
            <Commands title="Docker" lines={[STOP]} />
            <Commands title={t("system.backup.withoutDocker")} lines={[t("system.backup.stopUp")]} />
          </li>
          <li>
            {t("system.backup.stepRestore")}
            <Commands title="Docker" lines={RESTORE} />
            <Commands title={t("system.backup.withoutDocker")} lines={[".venv/bin/gapless restore FILE"]} />
          </li>
          <li>
            {t("system.backup.stepStart")}
            <Commands title="Docker" lines={["docker compose up -d"]} />
            <Commands title={t("system.backup.withoutDocker")} lines={["make up"]} />
          </li>
        </ol>
      </Section>
      <Section title={t("system.backup.support")} text={t("system.backup.supportText")}>
        <p className={css.text}>{t("system.backup.supportRead")}</p>
        <p>
          <a className={css.download} href={`${basePath}/api/system/support-bundle`} download="">
            <Download aria-hidden="true" />
            {t("system.backup.supportDownload")}
          </a>
        </p>
      </Section>
    </>
  );
}

function Commands({ title, lines }: { title: string; lines: readonly string[] }) {
  return (
    <figure className={css.commands}>
      <figcaption>{title}</figcaption>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls */}
      <pre className={css.code} tabIndex={0} aria-label={title}>
        {lines.join("\n")}
      </pre>
    </figure>
  );
}
