import { useFormat } from "../../parts/use-format";
import { useTranslation } from "../../words";
import type { Why } from "./why-not";

/** The words of a reason in the present language. */
export function useWhyWords(): (why: Why) => string {
  const { t } = useTranslation();
  const format = useFormat();
  return (why) => {
    if ("words" in why) return why.words;
    if (why.key === "upcomingOn") return t("wanted.why.upcomingOn", { date: format.date(why.date) });
    if (why.key === "downloading") return t("wanted.why.downloading", { percent: format.percent(why.share) });
    if (why.key === "delayed") {
      return t("wanted.why.delayed", { release: why.release, date: format.moment(why.date) });
    }
    return t(`wanted.why.${why.key}`);
  };
}
