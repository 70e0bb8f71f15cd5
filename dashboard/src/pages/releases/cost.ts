import type { Schema } from "../../api/client";
import { useFormat } from "../../parts/use-format";
import { useTranslation } from "../../words";
import type { Judged } from "./judged";

/** What a grab costs the account, each part in words: bytes or free, ratio, slot, wedge. */
export function useCost(): (judged: Judged) => string[] {
  const { t } = useTranslation();
  const format = useFormat();
  const ratio = (value: number | null | undefined) =>
    value === null || value === undefined ? "∞" : format.number(Math.round(value * 100) / 100);
  return ({ release, cost }) => {
    if (!cost) return [t(release.indexer === "MAM" ? "releases.cost.unknown" : "releases.cost.none")];
    return [bytes(cost), slots(cost), cost.wedge ? t("releases.cost.wedge") : ""].filter(Boolean);
  };

  function bytes(cost: Schema["GrabCost"]): string {
    if (cost.paid_bytes === 0) return t("releases.cost.free");
    const paid = format.bytes(cost.paid_bytes);
    if (cost.ratio_after === null) return t("releases.cost.paid", { paid });
    return t("releases.cost.ratio", { paid, before: ratio(cost.ratio), after: ratio(cost.ratio_after) });
  }

  function slots(cost: Schema["GrabCost"]): string {
    if (cost.slots_left === null) return t("releases.cost.slots", { count: cost.slots });
    return t("releases.cost.slotsLeft", { count: cost.slots, left: format.number(cost.slots_left) });
  }
}
