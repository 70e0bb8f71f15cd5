import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { GitCompareArrows, RefreshCw, Trash2 } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "../../words";
import { useNavigate, useParams } from "react-router";

import { api, ok, type Schema } from "../../api/client";
import { BackButton } from "../../parts/back-button";
import { Badge } from "../../parts/badge";
import { Button } from "../../parts/button";
import { Dialog, DialogActions } from "../../parts/dialog";
import { Facts } from "../../parts/facts";
import { Section } from "../../parts/section";
import { Failed, Waiting } from "../../parts/states";
import { useToasts } from "../../parts/toasts";
import { useFormat } from "../../parts/use-format";
import { Aliases } from "./aliases";
import { AuthorSeries } from "./author-series";
import css from "./authors.module.css";
import { FollowChoice } from "./follow-choice";
import { SimilarAuthors } from "./similar";
import { WorkSection } from "./work-section";

/** An author: how they are followed, their works with the reason for each state, their series, and similar authors. */
export function Component() {
  const { t } = useTranslation();
  const { authorId = "" } = useParams();
  const path = { author_id: authorId };
  const query = useQuery({
    queryKey: ["authors", "one", authorId],
    queryFn: ({ signal }) => ok(api.GET("/api/authors/{author_id}", { params: { path }, signal })),
  });
  const author = query.data;
  if (!author) return <Waiting query={query} />;
  return (
    <article className={css.page}>
      {query.error && <Failed part error={query.error} onRetry={() => void query.refetch()} />}
      <header className={css.head}>
        <BackButton list="/authors" />
        <h1 dir="auto">{author.name}</h1>
        <p className={css.line}>
          <Badge tone={author.followed ? "accent" : "plain"}>{t(`authors.follow.${author.follow ?? "automatic"}`)}</Badge>
          {author.completion_status !== "unknown" && author.completion_status && (
            <Badge tone={author.completion_status === "complete" ? "good" : "gap"}>
              {t(`series.status.${author.completion_status}`)}
            </Badge>
          )}
        </p>
        {author.last_check_problem && <p className={css.warning}>{author.last_check_problem}</p>}
        <AuthorFacts author={author} />
        <Actions author={author} />
      </header>
      <Section title={t("authors.followTitle")}>
        <FollowChoice
          followed={{
            kind: "author",
            id: author.id,
            name: author.name,
            mode: author.follow ?? "automatic",
            from: author.follow_from,
          }}
        />
      </Section>
      <WorkSection
        queryKey={["authors", "works", authorId]}
        load={(query, signal) => ok(api.GET("/api/authors/{author_id}/list", { params: { path, query }, signal }))}
      />
      <div className={css.columns}>
        <AuthorSeries authorId={authorId} />
        <div className={css.stack}>
          <Aliases author={author} />
          <SimilarAuthors authorId={authorId} />
        </div>
      </div>
    </article>
  );
}

function AuthorFacts({ author }: { author: Schema["Author"] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { data } = useQuery({
    queryKey: ["authors", "statistics", author.id],
    queryFn: ({ signal }) =>
      ok(api.GET("/api/authors/{author_id}/statistics", { params: { path: { author_id: author.id } }, signal })),
  });
  return (
    <Facts
      facts={[
        [
          t("authors.columns.owned"),
          author.total ? t("series.ownedOf", { owned: author.owned, total: author.total }) : format.number(author.owned),
        ],
        [t("authors.columns.missing"), format.number(author.missing)],
        [t("authors.upcomingName"), author.upcoming ? format.number(author.upcoming) : null],
        [t("book.length"), data?.duration_seconds ? format.duration(data.duration_seconds) : null],
        [t("book.size"), data?.size_bytes ? format.bytes(data.size_bytes) : null],
        [t("book.format"), formatsOf(data?.formats ?? {})],
        [
          t("authors.columns.compared"),
          author.last_checked_at ? format.relative(author.last_checked_at) : t("authors.never"),
        ],
      ]}
    />
  );
}

function formatsOf(formats: Record<string, number>): string {
  return Object.entries(formats)
    .toSorted(([, one], [, other]) => other - one)
    .map(([name, count]) => `${name} (${count})`)
    .join(", ");
}

/** Compare the author again, read the books again, and delete an author without books. */
function Actions({ author }: { author: Schema["Author"] }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const navigate = useNavigate();
  const { say, fail } = useToasts();
  const [deleting, setDeleting] = useState(false);
  const params = { path: { author_id: author.id } };
  const started = (words: string) => {
    void client.invalidateQueries({ queryKey: ["runs"] });
    say({ text: words });
  };
  const compare = useMutation({
    mutationFn: () =>
      ok(
        api.POST("/api/scheduler/tasks/{name}/run", {
          params: { path: { name: "author_completion" } },
          body: { author_ids: [author.id] },
        }),
      ),
    onSuccess: () => started(t("authors.comparing", { name: author.name })),
    onError: fail,
  });
  const rescan = useMutation({
    mutationFn: () => ok(api.POST("/api/authors/{author_id}/refresh", { params })),
    onSuccess: () => started(t("authors.rescanning", { name: author.name })),
    onError: fail,
  });
  const remove = useMutation({
    mutationFn: () => ok(api.DELETE("/api/authors/{author_id}", { params })),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: ["authors"] });
      say({ text: t("authors.deleted", { name: author.name }) });
      void navigate("/authors");
    },
    onError: fail,
    onSettled: () => setDeleting(false),
  });
  return (
    <div className={css.line}>
      <Button
        icon={<GitCompareArrows aria-hidden="true" />}
        disabled={compare.isPending}
        title={t("authors.compareText")}
        onClick={() => compare.mutate()}
      >
        {t("authors.compare")}
      </Button>
      {author.owned > 0 && (
        <Button
          icon={<RefreshCw aria-hidden="true" />}
          disabled={rescan.isPending}
          title={t("authors.rescanText")}
          onClick={() => rescan.mutate()}
        >
          {t("authors.rescan")}
        </Button>
      )}
      {author.owned === 0 && (
        <Button icon={<Trash2 aria-hidden="true" />} onClick={() => setDeleting(true)}>
          {t("authors.delete")}
        </Button>
      )}
      {deleting && (
        <Dialog title={t("authors.deleteTitle", { name: author.name })} onClose={() => setDeleting(false)}>
          <p>{t("authors.deleteText", { count: author.missing })}</p>
          <DialogActions>
            <Button onClick={() => setDeleting(false)}>{t("app.cancel")}</Button>
            <Button look="danger" disabled={remove.isPending} onClick={() => remove.mutate()}>
              {t("authors.delete")}
            </Button>
          </DialogActions>
        </Dialog>
      )}
    </div>
  );
}
