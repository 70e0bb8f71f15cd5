import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useTranslation } from "../../words";
import { useSearchParams } from "react-router";

import { api, ok } from "../../api/client";
import { changed } from "../../list/address";
import { LineChart } from "../../parts/chart";
import { ChoiceBar } from "../../parts/choice-bar";
import { Failed, Waiting } from "../../parts/states";
import { useFormat } from "../../parts/use-format";
import css from "./account.module.css";

/** In days. */
const RANGES = ["30", "90", "365", "3650"] as const;

/** The ratio, the bonus points and the traffic over the chosen days. */
export function AccountCharts() {
  const { t } = useTranslation();
  const format = useFormat();
  const [search, setSearch] = useSearchParams();
  const range = RANGES.find((each) => each === search.get("days")) ?? RANGES[0];
  const days = Number(range);
  const history = useQuery({
    queryKey: ["account", "history", days],
    queryFn: ({ signal }) => ok(api.GET("/api/account/history", { params: { query: { days } }, signal })),
    placeholderData: keepPreviousData,
  });
  const points = history.data?.points;
  const drawn = useMemo(() => {
    const of = <Value,>(value: (point: NonNullable<typeof points>[number]) => Value) => (points ?? []).map(value);
    return {
      moments: of(({ at }) => at),
      ratio: [{ name: t("account.ratio"), values: of(({ ratio }) => ratio) }],
      bonus: [{ name: t("account.points"), values: of(({ bonus_points }) => bonus_points) }],
      traffic: [
        { name: t("account.uploaded"), values: of(({ uploaded_bytes }) => uploaded_bytes) },
        { name: t("account.downloaded"), values: of(({ downloaded_bytes }) => downloaded_bytes) },
      ],
    };
  }, [points, t]);
  return (
    <section className={css.charts} aria-labelledby="history">
      <header className={css.between}>
        <h2 id="history">{t("account.history")}</h2>
        <ChoiceBar
          label={t("chart.range")}
          value={range}
          options={RANGES.map(
            (each) => [each, each === "3650" ? t("chart.all") : t("chart.days", { count: Number(each) })] as const,
          )}
          onChange={(next) => setSearch(changed(search, { days: next === RANGES[0] ? "" : next }), { replace: true })}
        />
      </header>
      {history.error !== null && history.data && (
        <Failed part error={history.error} onRetry={() => void history.refetch()} />
      )}
      {history.data ? (
        <div className={css.three}>
          <LineChart title={t("account.ratio")} moments={drawn.moments} lines={drawn.ratio} format={format.decimal} />
          <LineChart title={t("account.points")} moments={drawn.moments} lines={drawn.bonus} format={format.number} />
          <LineChart title={t("account.traffic")} moments={drawn.moments} lines={drawn.traffic} format={format.bytes} fromZero />
        </div>
      ) : (
        <Waiting query={history} />
      )}
    </section>
  );
}
