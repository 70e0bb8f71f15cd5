import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { RefreshCw } from "lucide-react";
import { useEffect, useState, type ReactNode } from "react";
import { useNavigate, useParams } from "react-router";

import { api, ok, type Schema } from "../../api/client";
import { Button } from "../../parts/button";
import { Empty, Failed } from "../../parts/states";
import { useToasts } from "../../parts/toasts";
import { useFormat } from "../../parts/use-format";
import { useTranslation } from "../../words";
import { useRefreshGaps } from "../book/use-gap-decision";
import { Above } from "./above";
import type { Judged } from "./judged";
import { JudgedReleases } from "./judged-releases";
import css from "./releases.module.css";
import { useBlocking } from "./use-blocking";

/** How long a search is kept, so that a person who comes back does not search again. */
const KEPT_MS = 15 * 60_000;

/** Interactive search: every release of a missing book, what each rule says about it, and what it costs. */
export function Component() {
  const { missingId = "" } = useParams();
  const missing = useQuery({
    queryKey: ["missing", "one", missingId],
    queryFn: ({ signal }) =>
      ok(api.GET("/api/books/missing/{missing_book_id}", { params: { path: { missing_book_id: missingId } }, signal })),
  });
  return (
    <Search
      id={missingId}
      query={{ missing_book_id: missingId }}
      grabs={{ missing_book_id: missingId }}
      list={`/wanted/${missingId}`}
      title={missing.data?.title ?? ""}
      authors={missing.data?.authors ?? []}
      place={[missing.data?.series, missing.data?.sequence].filter(Boolean).join(" ")}
    >
      {missing.error && <Failed part error={missing.error} onRetry={() => void missing.refetch()} />}
    </Search>
  );
}

interface SearchProps {
  /** Of the book whose releases are searched. */
  id: string;
  query: { missing_book_id: string } | { query: string };
  /** What a grab names besides the release. */
  grabs: { missing_book_id?: string };
  /** Where “Back” leads if the page was opened by its address. */
  list: string;
  title: string;
  authors: readonly string[];
  place: string;
  /** Above the releases. */
  children: ReactNode;
}

/** Searches all indexers once, and shows every release with what can be done with it. */
export function Search({ id, query, grabs, list, title, authors, place, children }: SearchProps) {
  const { t, sentence } = useTranslation();
  const format = useFormat();
  const client = useQueryClient();
  const navigate = useNavigate();
  const refresh = useRefreshGaps();
  const { say, fail } = useToasts();
  const key = ["releases", id];
  // A search uses requests of the account, so that only a person repeats it: neither an event nor a lost connection does.
  const search = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => ok(api.GET("/api/releases/search", { params: { query }, signal })),
    staleTime: "static",
    gcTime: KEPT_MS,
    retry: false,
  });
  const change = (changed: Judged) =>
    client.setQueryData<Schema["FoundReleases"]>(key, (before) => {
      const same = (each: Judged) => each.release.id === changed.release.id && each.release.indexer === changed.release.indexer;
      return before && { ...before, releases: (before.releases ?? []).map((each) => (same(each) ? changed : each)) };
    });
  const blocking = useBlocking(change);
  const grab = useMutation({
    mutationFn: ({ release }: Judged) =>
      ok(
        api.POST("/api/releases/grab", {
          body: { indexer: release.indexer, release_id: release.id, ...grabs },
        }),
      ),
    onError: fail,
    onSuccess: (download, judged) => {
      refresh();
      change({ ...judged, grabbed: true });
      say({ text: t("releases.grabbedToast", { title: judged.release.title }) });
      void navigate(`/activity/${download.id}`);
    },
  });
  const releases = search.data?.releases ?? [];
  return (
    <div className={css.page}>
      <Above
        title={title}
        authors={authors}
        list={list}
        facts={[
          place,
          search.data?.quality_profile ? t("releases.profile", { profile: search.data.quality_profile }) : "",
          search.dataUpdatedAt ? t("releases.searchedAt", { time: format.time(new Date(search.dataUpdatedAt).toISOString()) }) : "",
        ]}
        action={
          <Button icon={<RefreshCw aria-hidden="true" />} disabled={search.isFetching} onClick={() => void search.refetch()}>
            {t("releases.again")}
          </Button>
        }
      />
      {children}
      {search.isFetching && <Searching />}
      {search.error && !search.isFetching && <Failed error={search.error} onRetry={() => void search.refetch()} />}
      {(search.data?.problems ?? []).length > 0 && (
        <div role="alert" className={css.problems}>
          <h2>{t("releases.partly")}</h2>
          <ul>
            {search.data?.problems?.map((problem, index) => (
              <li key={problem} dir="auto">
                {sentence(search.data.translatable?.[`problems.${index}`], problem)}
              </li>
            ))}
          </ul>
        </div>
      )}
      {search.data && releases.length === 0 && !search.isFetching && (
        <Empty title={t("releases.none")}>{t("releases.noneText")}</Empty>
      )}
      {releases.length > 0 && (
        <JudgedReleases
          releases={releases}
          busy={grab.isPending || blocking.isPending}
          onGrab={(judged) => grab.mutateAsync(judged).catch(() => undefined)}
          onBlock={blocking.block}
          onUnblock={blocking.unblock}
        />
      )}
    </div>
  );
}

/** How long the search already takes. A site that limits its requests may need more than a minute. */
function Searching() {
  const { t } = useTranslation();
  const [seconds, setSeconds] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => setSeconds((before) => before + 1), 1_000);
    return () => clearInterval(timer);
  }, []);
  return (
    <div className={css.searching} aria-busy="true">
      <p role="status">{t("releases.searching")}</p>
      <progress aria-label={t("releases.searching")} />
      <p className={css.quiet}>
        {t("releases.seconds", { count: seconds })} {seconds > 10 ? t("releases.slow") : ""}
      </p>
    </div>
  );
}
