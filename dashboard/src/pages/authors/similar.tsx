import { useQuery } from "@tanstack/react-query";
import { UserPlus } from "lucide-react";
import { useState } from "react";
import { systemName } from "../../parts/source-name";
import { useTranslation } from "../../words";
import { Link } from "react-router";

import { api, ok } from "../../api/client";
import { IconButton } from "../../parts/button";
import { Section } from "../../parts/section";
import { Failed, Waiting } from "../../parts/states";
import { AddAuthor } from "./add-author";
import css from "./authors.module.css";

/** The authors whom the providers call similar, with what the library has of each. */
export function SimilarAuthors({ authorId }: { authorId: string }) {
  const { t, sentence } = useTranslation();
  const [adding, setAdding] = useState<string | null>(null);
  const similar = useQuery({
    queryKey: ["authors", "similar", authorId],
    queryFn: ({ signal }) =>
      ok(api.GET("/api/authors/{author_id}/similar", { params: { path: { author_id: authorId } }, signal })),
    staleTime: 10 * 60_000,
  });
  const authors = similar.data?.authors ?? [];
  const answered = similar.data?.answered ?? [];
  return (
    <Section title={t("authors.similar")}>
      {!similar.data && <Waiting query={similar} />}
      {similar.data && similar.error && <Failed part error={similar.error} onRetry={() => void similar.refetch()} />}
      {Object.entries(similar.data?.failures ?? {}).map(([provider, why]) => (
        <p key={provider} className={css.warning}>
          {`${systemName(provider)}: ${sentence(similar.data?.translatable?.[`failures.${provider}`], why)}`}
        </p>
      ))}
      {similar.data && authors.length === 0 && (
        <p className={css.quiet}>
          {answered.length > 0
            ? t("authors.noSimilar", { providers: systemName(answered.join(", ")) })
            : t("authors.noProvider")}
        </p>
      )}
      <ul className={css.lines}>
        {authors.map((each) => (
          <li key={each.name}>
            {each.author_id ? (
              <Link to={`/authors/${each.author_id}`} dir="auto">
                {each.name}
              </Link>
            ) : (
              <span dir="auto">{each.name}</span>
            )}
            <span className={css.line}>
              {each.author_id ? (
                <span className={css.quiet}>{t("series.ownedOnly", { owned: each.owned })}</span>
              ) : (
                <IconButton
                  label={t("authors.addNamed", { name: each.name })}
                  icon={<UserPlus />}
                  onClick={() => setAdding(each.name)}
                />
              )}
            </span>
          </li>
        ))}
      </ul>
      {adding && <AddAuthor start={adding} onClose={() => setAdding(null)} />}
    </Section>
  );
}
