import { useQuery } from "@tanstack/react-query";
import { useParams } from "react-router";

import { api, ok } from "../../api/client";
import { Failed, Waiting } from "../../parts/states";
import { useTranslation } from "../../words";
import { seriesWords } from "../library/series-words";
import css from "./releases.module.css";
import { Search } from "./search";

/** Interactive search of other releases of a book that the library has, such as another narrator or format. */
export function Component() {
  const { t } = useTranslation();
  const { bookId = "" } = useParams();
  const book = useQuery({
    queryKey: ["books", "one", bookId],
    queryFn: ({ signal }) => ok(api.GET("/api/books/{book_id}", { params: { path: { book_id: bookId } }, signal })),
  });
  if (!book.data) return <Waiting query={book} />;
  const { title, authors = [], series = [] } = book.data;
  return (
    <Search
      id={bookId}
      query={{ query: title }}
      grabs={{}}
      list={`/library/${bookId}`}
      title={title}
      authors={authors}
      place={seriesWords(series)}
    >
      {book.error && <Failed part error={book.error} onRetry={() => void book.refetch()} />}
      <p className={css.quiet}>{t("releases.owned")}</p>
    </Search>
  );
}
