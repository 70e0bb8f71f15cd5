import { useQuery } from "@tanstack/react-query";
import { Link } from "react-router";

import { Cover } from "../../parts/cover";
import { Loaded } from "../../parts/loaded";
import { useFormat } from "../../parts/use-format";
import { useTranslation } from "../../words";
import { arrivals } from "./home-queries";
import css from "./home.module.css";
import { Panel } from "./panel";

/** The newest books of the library, as covers. */
export function Arrivals() {
  const { t } = useTranslation();
  const format = useFormat();
  const query = useQuery(arrivals);
  return (
    <Panel title={t("home.arrived")} more={<Link to="/library">{t("home.allBooks")}</Link>}>
      <Loaded query={query} lines={6}>
        {({ items }) =>
          items.length === 0 ? (
            <p className={css.quiet}>{t("home.arrivedNone")}</p>
          ) : (
            <ul className={css.covers}>
              {items.map((book) => (
                <li key={book.id} className={css.book}>
                  <Cover title={book.title} authors={book.authors ?? []} book={book} />
                  <Link to={`/library/${book.id}`} title={book.title} dir="auto">
                    {book.title}
                  </Link>
                  <span dir="auto">{book.authors?.join(", ") || "–"}</span>
                  <time dateTime={book.added_at} title={format.moment(book.added_at)}>
                    {format.relative(book.added_at)}
                  </time>
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
    </Panel>
  );
}
