import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { Link } from "react-router";

import { api, ok, type Schema } from "../../api/client";
import { Button } from "../../parts/button";
import { Cover } from "../../parts/cover";
import { Failed } from "../../parts/states";
import { Progress } from "../../parts/progress";
import { useRunWords } from "../../parts/use-run-words";
import { useTranslation } from "../../words";
import { isApplying } from "../settings/use-settings";
import css from "./setup.module.css";

const EVERY_MS = 2_000;
const COVERS = 6;
const SCANNER = "library-scanner";

type Listed = Schema["SettingsOfService"];

/** The end of the first steps: the first scan starts, and what it has found so far is shown while it runs. */
export function Ready({ services }: { services: readonly Listed[] }) {
  const { t } = useTranslation();
  const waiting = services.filter(({ settings }) => settings && settings.state !== "running");
  const scanner = services.find(({ service }) => service === SCANNER);
  const isReady = scanner?.settings?.state === "running" && !isApplying(scanner);
  return (
    <section className={css.form} aria-labelledby="ready">
      <h2 id="ready">{t("setup.steps.ready.title")}</h2>
      <p className={css.text}>{t("setup.steps.ready.text")}</p>
      {waiting.length > 0 && (
        <ul className={css.text}>
          {waiting.map(({ service, settings }) => (
            <li key={service}>{t("setup.waits", { service, settings: settings?.missing?.join(", ") ?? "" })}</li>
          ))}
        </ul>
      )}
      {isReady ? <FirstScan /> : <p role="status">{t(scanner && isApplying(scanner) ? "setup.starting" : "setup.noScan")}</p>}
      <div className={css.actions}>
        <Link to="/">{t("setup.toHome")}</Link>
      </div>
    </section>
  );
}

/** Starts the first scan if there was none, and shows what the scans have found. */
function FirstScan() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const task = useQuery({
    queryKey: ["runs", "task", "library_scan"],
    queryFn: ({ signal }) =>
      ok(api.GET("/api/scheduler/tasks/{name}", { params: { path: { name: "library_scan" } }, signal })),
    refetchInterval: EVERY_MS,
  });
  const scan = useMutation({
    mutationFn: () => ok(api.POST("/api/scheduler/tasks/{name}/run", { params: { path: { name: "library_scan" } } })),
    onSettled: () => client.invalidateQueries({ queryKey: ["runs"] }),
  });
  const books = useQuery({
    queryKey: ["books", "setup"],
    queryFn: ({ signal }) =>
      ok(api.GET("/api/books", { params: { query: { sort: "-added_at", limit: COVERS } }, signal })),
    refetchInterval: EVERY_MS,
  });
  const series = useQuery({
    queryKey: ["series", "setup"],
    queryFn: ({ signal }) => ok(api.GET("/api/series", { params: { query: { limit: 1 } }, signal })),
    refetchInterval: EVERY_MS,
  });
  const run = task.data?.last_run;
  const { problems } = useRunWords()(run ?? {});
  const never = task.data !== undefined && !run;
  const started = useRef(false);
  const { mutate } = scan;
  useEffect(() => {
    if (!never || started.current) return;
    started.current = true;
    mutate();
  }, [never, mutate]);
  const inProgress = never || run?.status === "scheduled" || run?.status === "running";
  const count = (number: number) => ({ count: number });
  const error = task.error ?? scan.error ?? books.error ?? series.error;
  return (
    <>
      {error && <Failed part error={error} />}
      <div role="status" className={css.found}>
        <p>
          {inProgress ? t("setup.scanning") : run?.status === "failed" ? t("setup.scanFailed") : t("setup.scanned")}{" "}
          <b>
            {[
              t("setup.books", count(books.data?.total ?? 0)),
              t("setup.series", count(series.data?.total ?? 0)),
            ].join(", ")}
          </b>
        </p>
        {inProgress && <Progress label={t("setup.scanning")} share={null} />}
        {problems.map((problem) => (
          <p key={problem} className={css.fault} dir="auto">
            {problem}
          </p>
        ))}
      </div>
      {!inProgress && run?.status === "failed" && (
        <Button disabled={scan.isPending} onClick={() => mutate()}>
          {t("setup.scanAgain")}
        </Button>
      )}
      <ul className={css.covers}>
        {books.data?.items.map((book) => (
          <li key={book.id}>
            <Cover title={book.title} authors={book.authors ?? []} book={book} />
          </li>
        ))}
      </ul>
    </>
  );
}
