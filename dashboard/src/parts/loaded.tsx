import type { ReactNode } from "react";

import { useTranslation } from "../words";
import css from "./loaded.module.css";
import { Failed } from "./states";

interface LoadedProps<Data> {
  query: { data: Data | undefined; error: unknown; refetch: () => unknown };
  /** How many lines are shown while it is loaded. */
  lines?: number;
  children: (data: Data) => ReactNode;
}

/** A part that loads alone and fails alone. What was loaded before stays when a later call fails. */
export function Loaded<Data>({ query, lines = 2, children }: LoadedProps<Data>) {
  return (
    <>
      {query.error !== null && <Failed part error={query.error} onRetry={() => void query.refetch()} />}
      {query.data !== undefined && children(query.data)}
      {query.data === undefined && query.error === null && <Lines count={lines} />}
    </>
  );
}

/** Lines in the place of what is being loaded. */
export function Lines({ count }: { count: number }) {
  const { t } = useTranslation();
  return (
    <div role="status" aria-busy="true" aria-label={t("states.loading")} className={css.skeleton}>
      {Array.from({ length: count }, (_, index) => (
        <i key={index} />
      ))}
    </div>
  );
}
