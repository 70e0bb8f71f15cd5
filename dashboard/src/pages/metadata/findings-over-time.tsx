import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { ChartLine } from "lucide-react";
import { useMemo, useState } from "react";

import { api, ok, type Schema } from "../../api/client";
import { Button } from "../../parts/button";
import { LineChart } from "../../parts/chart";
import { ChoiceBar } from "../../parts/choice-bar";
import { Dialog } from "../../parts/dialog";
import { Failed, Waiting } from "../../parts/states";
import { useFormat } from "../../parts/use-format";
import { useTranslation } from "../../words";
import { findingLines } from "./finding-lines";

type Kind = Schema["FindingKind"];

/** In days. */
const RANGES = ["30", "90", "365", "3650"] as const;

/** A button that opens the number of open findings over time: of one kind, or of all with the two most frequent kinds. */
export function FindingsOverTime({ kind }: { kind: Kind | undefined }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button icon={<ChartLine aria-hidden="true" />} onClick={() => setOpen(true)}>
        {t("metadata.findings.overTime")}
      </Button>
      {open && <OverTimeDialog kind={kind} onClose={() => setOpen(false)} />}
    </>
  );
}

function OverTimeDialog({ kind, onClose }: { kind: Kind | undefined; onClose: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [range, setRange] = useState<(typeof RANGES)[number]>("90");
  const counts = useQuery({
    queryKey: ["findings", "counts", range],
    queryFn: ({ signal }) => ok(api.GET("/api/findings/counts", { params: { query: { days: Number(range) } }, signal })),
    placeholderData: keepPreviousData,
  });
  const days = counts.data?.days;
  const drawn = useMemo(() => {
    const lines = findingLines(days ?? [], kind).map(({ kind: of, values }) => ({
      name: of ? t(`metadata.findings.kind.${of}`) : t("metadata.findings.all"),
      values,
    }));
    return { moments: (days ?? []).map(({ day }) => `${day}T12:00:00`), lines };
  }, [days, kind, t]);
  return (
    <Dialog title={t("metadata.findings.overTime")} onClose={onClose}>
      <ChoiceBar
        label={t("chart.range")}
        value={range}
        options={RANGES.map(
          (each) => [each, each === "3650" ? t("chart.all") : t("chart.days", { count: Number(each) })] as const,
        )}
        onChange={setRange}
      />
      {counts.data && counts.error && <Failed part error={counts.error} onRetry={() => void counts.refetch()} />}
      {counts.data ? (
        <LineChart
          title={t("metadata.findings.openOnes")}
          moments={drawn.moments}
          lines={drawn.lines}
          format={format.number}
          fromZero
        />
      ) : (
        <Waiting query={counts} />
      )}
    </Dialog>
  );
}
