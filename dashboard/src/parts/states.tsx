import { CircleAlert, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";

import { problemOf } from "../api/problem";
import { useTranslation } from "../words";
import { Button } from "./button";
import { useProblemWords } from "./problem-words";
import css from "./states.module.css";

/** Something is being loaded. It appears only if that takes a moment. */
export function Loading() {
  const { t } = useTranslation();
  return (
    <div className={css.loading} role="status">
      <span className={css.spinner} />
      {t("states.loading")}
    </div>
  );
}

interface EmptyProps {
  title: string;
  children?: ReactNode;
  action?: ReactNode;
}

/** There is nothing to show, and why. */
export function Empty({ title, children, action }: EmptyProps) {
  return (
    <div className={css.empty} role="status">
      <span className={css.shelf} aria-hidden="true">
        <i />
        <i />
        <i />
        <i />
      </span>
      <h2>{title}</h2>
      {children && <p>{children}</p>}
      {action}
    </div>
  );
}

interface FailedProps {
  error: unknown;
  onRetry?: () => void;
  /** Only a part of the page failed: one line instead of a block. */
  part?: boolean;
}

/** What happened, why, and what to do. */
export function Failed({ error, onRetry, part = false }: FailedProps) {
  const { t } = useTranslation();
  const problem = problemOf(error);
  const { title, why, remedy } = useProblemWords()(problem);
  return (
    <div className={part ? css.partly : css.failed} role="alert">
      {part ? <TriangleAlert aria-hidden="true" /> : <CircleAlert aria-hidden="true" />}
      <div>
        <h2>{part ? `${t("states.partly")}: ${title}` : `${t("states.failed")}: ${title}`}</h2>
        {why && <p>{why}</p>}
        <p>{remedy}</p>
        {/* Each attempt has another id: it is not read again. */}
        {problem.requestId && (
          <p className={css.request} aria-live="off">
            {t("states.requestId", { id: problem.requestId })}
          </p>
        )}
      </div>
      {onRetry && <Button onClick={onRetry}>{t("app.retry")}</Button>}
    </div>
  );
}

interface LoadState {
  isPending: boolean;
  error: unknown;
  refetch: () => unknown;
}

/** The state of a query until it has data: loading, or why it failed. */
export function Waiting({ query }: { query: LoadState }) {
  return query.error ? <Failed error={query.error} onRetry={() => void query.refetch()} /> : <Loading />;
}
