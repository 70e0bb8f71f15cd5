import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "../../words";

import { api, ok, type Schema } from "../../api/client";
import { Section } from "../../parts/section";
import { Waiting } from "../../parts/states";
import css from "./authors.module.css";
import { otherNames } from "./other-names";

const READ = 200;

/** Other names under which the providers list works of the author, such as pen names and other spellings. */
export function Aliases({ author }: { author: Pick<Schema["Author"], "id" | "name"> }) {
  const { t } = useTranslation();
  const works = useQuery({
    queryKey: ["authors", "names", author.id],
    queryFn: ({ signal }) =>
      ok(
        api.GET("/api/authors/{author_id}/list", {
          params: { path: { author_id: author.id }, query: { limit: READ } },
          signal,
        }),
      ),
  });
  const missing = useQuery({
    queryKey: ["missing", "of-author", author.id],
    queryFn: ({ signal }) =>
      ok(api.GET("/api/books/missing", { params: { query: { author_id: author.id, limit: READ } }, signal })),
  });
  const names = otherNames(author.name, works.data?.items ?? [], missing.data?.items ?? []);
  return (
    <Section title={t("authors.aliases")} text={t("authors.aliasesText")}>
      {!works.data && <Waiting query={works} />}
      {works.data && names.length === 0 && <p className={css.quiet}>{t("authors.noAliases")}</p>}
      <ul className={css.lines}>
        {names.map(({ name, works: count }) => (
          <li key={name}>
            <span dir="auto">{name}</span>
            <span className={css.quiet}>{t("authors.aliasWorks", { count })}</span>
          </li>
        ))}
      </ul>
    </Section>
  );
}
