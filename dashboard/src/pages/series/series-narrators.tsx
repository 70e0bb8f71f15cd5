import { useQuery } from "@tanstack/react-query";
import { Link } from "react-router";

import { api, ok, type Schema } from "../../api/client";
import { Badge } from "../../parts/badge";
import { Section } from "../../parts/section";
import { Failed, Waiting } from "../../parts/states";
import { useFormat } from "../../parts/use-format";
import { useTranslation } from "../../words";
import css from "../authors/authors.module.css";

/** Who reads the owned books of a series, and whether the same narrator reads the volumes that the library lacks. */
export function SeriesNarrators({ seriesId }: { seriesId: string }) {
  const { t } = useTranslation();
  const narrators = useQuery({
    queryKey: ["series", "narrators", seriesId],
    queryFn: ({ signal }) =>
      ok(api.GET("/api/series/{series_id}/narrators", { params: { path: { series_id: seriesId } }, signal })),
  });
  const { main_narrator: main = null, narrators: readers = [], unowned = [] } = narrators.data ?? {};
  return (
    <Section title={t("series.narrators")} text={main ? t("series.mainNarrator", { name: main }) : undefined}>
      {!narrators.data && <Waiting query={narrators} />}
      {narrators.data && narrators.error && <Failed part error={narrators.error} onRetry={() => void narrators.refetch()} />}
      {narrators.data && readers.length === 0 && <p className={css.quiet}>{t("series.noNarrators")}</p>}
      <ul className={css.lines}>
        {readers.map((each) => (
          <Reader key={each.name} reader={each} />
        ))}
        {main && unowned.map((each) => <Volume key={each.entry_id} volume={each} main={main} />)}
      </ul>
    </Section>
  );
}

function Reader({ reader }: { reader: Schema["SeriesNarrators"]["narrators"][number] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const places = reader.places ?? [];
  return (
    <li>
      <span dir="auto">{reader.name}</span>
      <span className={css.quiet}>
        {places.length > 0 ? t("series.reads", { places: format.list(places) }) : t("series.readsBooks", { count: reader.books.length })}
      </span>
    </li>
  );
}

function Volume({ volume, main }: { volume: Schema["UnownedVolume"]; main: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { title, place, missing_book_id: missing, same_narrator: same } = volume;
  const words = place ? `${title} (${place})` : title;
  const others = [...new Set((volume.by_others ?? []).flatMap(({ narrators }) => narrators))];
  return (
    <li>
      {missing ? (
        <Link to={`/wanted/${missing}`} dir="auto">
          {words}
        </Link>
      ) : (
        <span dir="auto">{words}</span>
      )}
      {same === true && <Badge tone="good">{t("series.sameNarrator", { name: main })}</Badge>}
      {same === false && <span className={css.quiet}>{t("series.otherNarrators", { names: format.list(others) })}</span>}
      {typeof same !== "boolean" && <span className={css.quiet}>{t("series.unknownNarrator")}</span>}
    </li>
  );
}
