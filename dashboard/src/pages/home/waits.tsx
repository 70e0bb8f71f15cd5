import { useQuery } from "@tanstack/react-query";
import { ChevronRight, CircleAlert, Download, FolderInput, Library, ShieldAlert, TriangleAlert, WandSparkles, type LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import { Link } from "react-router";

import { Badge } from "../../parts/badge";
import { Lines } from "../../parts/loaded";
import { Failed } from "../../parts/states";
import { useFindingWords } from "../../parts/use-finding-words";
import { useTranslation } from "../../words";
import { account, approvals, diagnosis, findingCounts, proposals, waitingImports } from "./home-queries";
import css from "./home.module.css";
import { Panel } from "./panel";

const HEALTH_SHOWN = 5;
const KINDS_SHOWN = 4;

/** Everything that a person has to decide or to repair. Each source loads alone and fails alone. */
export function Waits() {
  const { t, sentence } = useTranslation();
  const sayingOf = useFindingWords();
  const imports = useQuery(waitingImports);
  const approved = useQuery(approvals);
  const proposed = useQuery(proposals);
  const findings = useQuery(findingCounts);
  const health = useQuery(diagnosis);
  const tracker = useQuery(account);
  const sources = [imports, approved, proposed, findings, health, tracker];

  const open = (findings.data?.kinds ?? []).filter((kind) => kind.open > 0).toSorted((a, b) => b.open - a.open);
  const openCount = open.reduce((sum, kind) => sum + kind.open, 0);
  // The findings of the library are counted above.
  const wrong = (health.data?.findings ?? []).filter(({ severity, area }) => severity !== "ok" && area !== "library");
  const order = (severity: string | undefined) => (severity === "fault" ? 0 : 1);
  const shown = wrong.toSorted((a, b) => order(a.severity) - order(b.severity)).slice(0, HEALTH_SHOWN);
  const warnings = (tracker.data?.warnings ?? []).filter(({ near }) => near);
  const loaded = sources.every(({ data }) => data !== undefined);
  const nothing =
    loaded &&
    [imports.data?.total, approved.data?.total, proposed.data?.total, openCount, wrong.length, warnings.length].every((count) => !count);
  const count = (number: number) => ({ count: number });

  return (
    <Panel title={t("home.waits")}>
      {sources.map(
        (source, index) =>
          // The parts beside this one say that the account and the doctor cannot be read.
          source.error !== null &&
          index < 4 && <Failed key={index} part error={source.error} onRetry={() => void source.refetch()} />,
      )}
      {nothing && <p className={css.quiet}>{t("home.nothing")}</p>}
      <ul className={css.waits}>
        {imports.data !== undefined && imports.data.total > 0 && (
          <Row to="/activity" icon={FolderInput} tone="gap" title={t("home.imports", count(imports.data.total))}>
            {imports.data.items.map(({ title }) => title).join(" · ")}
          </Row>
        )}
        {approved.data !== undefined && approved.data.total > 0 && (
          <Row to="/wanted?why=approval" icon={Download} tone="gap" title={t("home.approvals", count(approved.data.total))}>
            {approved.data.items.map(({ title }) => title).join(" · ")}
          </Row>
        )}
        {shown.map((finding) => {
          const { area, severity, subject } = finding;
          const { words, toDo } = sayingOf(finding);
          return (
            <Row
              key={`${area} ${subject} ${finding.words}`}
              to={area === "settings" ? "/setup" : "/system"}
              icon={severity === "fault" ? CircleAlert : TriangleAlert}
              tone={severity === "fault" ? "bad" : "gap"}
              badge={t(`home.severity.${area === "settings" ? "settings" : severity === "fault" ? "fault" : "warning"}`)}
              title={`${subject}: ${words}`}
            >
              {toDo}
            </Row>
          );
        })}
        {wrong.length > shown.length && (
          <Row to="/system" icon={TriangleAlert} title={t("home.moreHealth", count(wrong.length - shown.length))} />
        )}
        {warnings.map(({ risk, words, translatable }) => (
          <Row
            key={risk}
            to="/account"
            icon={ShieldAlert}
            tone="gap"
            badge={t("home.account")}
            title={sentence(translatable?.["words"], words)}
          />
        ))}
        {proposed.data !== undefined && proposed.data.total > 0 && (
          <Row to="/metadata" icon={WandSparkles} title={t("home.proposals", count(proposed.data.total))}>
            {t("home.proposalsText")}
          </Row>
        )}
        {openCount > 0 && (
          <Row to="/metadata/findings" icon={Library} title={t("home.findings", count(openCount))}>
            {open
              .slice(0, KINDS_SHOWN)
              .map((each) => t(`home.kinds.${each.kind}`, count(each.open)))
              .join(" · ")}
          </Row>
        )}
      </ul>
      {sources.some(({ isPending }) => isPending) && <Lines count={2} />}
    </Panel>
  );
}

interface RowProps {
  to: string;
  icon: LucideIcon;
  tone?: "plain" | "gap" | "bad";
  badge?: string;
  title: string;
  children?: ReactNode;
}

/** One thing that waits, and the page on which it is decided. */
function Row({ to, icon: Icon, tone = "plain", badge, title, children }: RowProps) {
  return (
    <li>
      <Link to={to} className={css.wait} data-tone={tone}>
        <Icon aria-hidden="true" />
        <span className={css.what}>
          <span className={css.title}>
            {badge && <Badge tone={tone}>{badge}</Badge>}
            <b dir="auto">{title}</b>
          </span>
          {children && (
            <span className={css.quiet} dir="auto">
              {children}
            </span>
          )}
        </span>
        <ChevronRight aria-hidden="true" />
      </Link>
    </li>
  );
}
