import { useRef } from "react";
import { Check, CircleDashed } from "lucide-react";
import { Link, Navigate, useParams } from "react-router";

import { Failed, Waiting } from "../../parts/states";
import { useInSight } from "../../parts/use-in-sight";
import { useTranslation } from "../../words";
import { useDrafts } from "../settings/drafts";
import type { Drafts, FieldGroup } from "../settings/settings-model";
import { useSettings } from "../settings/use-settings";
import css from "./setup.module.css";
import { skippedSteps } from "./skipped";
import { StepForm } from "./step-form";
import { nextStep, progressOf, STEPS, type Step } from "./steps";
import { Ready } from "./ready";

/** The first steps: each outside system with its address, a test, and on to the next; then the first scan. */
export function Component() {
  const { t } = useTranslation();
  const { step } = useParams();
  const drafts = useDrafts();
  const { query, groups } = useSettings();
  if (query.data === undefined) return <Waiting query={query} />;
  // Whoever comes here without a step continues where they left, or has nothing left to do.
  if (step === undefined) {
    const waits = query.data.some(({ settings }) => settings && settings.state !== "running");
    if (!waits) return <Navigate to="/" replace />;
    return <Navigate to={`/setup/${nextStep(groups, skippedSteps()) ?? "ready"}`} replace />;
  }
  const current = STEPS.find((each) => each === step);
  return (
    <div className={css.page}>
      <title>{`${t("setup.title")} – Gapless`}</title>
      <header>
        <h1>{t("setup.title")}</h1>
        <p className={css.quiet}>{t("setup.text")}</p>
      </header>
      {query.error && <Failed part error={query.error} onRetry={() => void query.refetch()} />}
      <div className={css.columns}>
        <Stepper groups={groups} drafts={drafts} current={step} />
        {current ? <StepForm key={current} step={current} groups={groups} drafts={drafts} /> : <Ready services={query.data} />}
      </div>
    </div>
  );
}

interface StepperProps {
  groups: readonly FieldGroup[];
  drafts: Drafts;
  current: string;
}

/** All steps, and which of them are done. */
function Stepper({ groups, drafts, current }: StepperProps) {
  const { t } = useTranslation();
  const line = useRef<HTMLOListElement>(null);
  useInSight(line, current);
  const entry = (step: Step | "ready") => {
    const progress = step === "ready" ? "optional" : progressOf(step, groups, drafts);
    return (
      <li key={step} data-progress={progress}>
        <Link to={`/setup/${step}`} aria-current={step === current ? "step" : undefined}>
          {progress === "done" ? <Check aria-hidden="true" /> : <CircleDashed aria-hidden="true" />}
          <span>
            {t(`setup.steps.${step}.title`)}
            {step !== "ready" && <span className={css.progress}>{t(`setup.progress.${progress}`)}</span>}
          </span>
        </Link>
      </li>
    );
  };
  return (
    <nav aria-label={t("setup.stepsLabel")} className={css.stepper}>
      <ol ref={line}>{[...STEPS.map(entry), entry("ready")]}</ol>
    </nav>
  );
}
