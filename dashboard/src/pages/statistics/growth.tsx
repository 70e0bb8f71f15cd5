import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useMemo } from "react";

import { api, ok, type Schema } from "../../api/client";
import { useListAddress } from "../../list/address";
import { LineChart } from "../../parts/chart";
import { ChoiceBar } from "../../parts/choice-bar";
import { Failed, Waiting } from "../../parts/states";
import { useFormat } from "../../parts/use-format";
import { useTranslation } from "../../words";
import css from "./statistics.module.css";

type Day = Schema["LibraryDay"];

/** In days. */
const RANGES = ["90", "30", "365", "3650"] as const;

/** The books, the missing ones, the complete ones and the size over the chosen days. */
export function GrowthCharts() {
  const { t } = useTranslation();
  const format = useFormat();
  const address = useListAddress();
  const range = address.oneOf("days", RANGES);
  const growth = useQuery({
    queryKey: ["books", "growth", range],
    queryFn: ({ signal }) => ok(api.GET("/api/system/growth", { params: { query: { days: Number(range) } }, signal })),
    placeholderData: keepPreviousData,
  });
  const days = growth.data?.days;
  const drawn = useMemo(() => {
    const of = <Value,>(value: (day: Day) => Value) => (days ?? []).map(value);
    return {
      moments: of(({ day }) => `${day}T12:00:00`),
      books: [
        { name: t("statistics.growth.owned"), values: of(({ books }) => books) },
        { name: t("statistics.growth.missing"), values: of(({ missing }) => missing) },
      ],
      complete: [
        {
          name: t("statistics.completeness"),
          values: of(({ books, complete }) => (books === 0 ? null : complete / books)),
        },
      ],
      size: [{ name: t("statistics.totals.size"), values: of(({ size_bytes }) => size_bytes) }],
    };
  }, [days, t]);
  return (
    <section className={css.charts} aria-labelledby="growth">
      <header>
        <h2 id="growth">{t("statistics.growth.title")}</h2>
        <ChoiceBar
          label={t("chart.range")}
          value={range}
          options={RANGES.toSorted((one, other) => Number(one) - Number(other)).map(
            (each) => [each, each === "3650" ? t("chart.all") : t("chart.days", { count: Number(each) })] as const,
          )}
          onChange={(next) => address.set({ days: next === RANGES[0] ? "" : next })}
        />
      </header>
      {growth.error !== null && growth.data && <Failed part error={growth.error} onRetry={() => void growth.refetch()} />}
      {growth.data ? (
        <div className={css.three}>
          <LineChart title={t("statistics.growth.books")} moments={drawn.moments} lines={drawn.books} format={format.number} fromZero />
          <LineChart title={t("statistics.growth.complete")} moments={drawn.moments} lines={drawn.complete} format={format.percent} fromZero />
          <LineChart title={t("statistics.totals.size")} moments={drawn.moments} lines={drawn.size} format={format.bytes} fromZero />
        </div>
      ) : (
        <Waiting query={growth} />
      )}
    </section>
  );
}
