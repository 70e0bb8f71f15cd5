import type { Schema } from "../../api/client";
import { useFormat } from "../../parts/use-format";
import { useTranslation } from "../../words";

type Missing = Pick<Schema["MissingBook"], "absence" | "release_date">;

/** Why a missing book is not here yet: the reason in the present language, and its details. */
export function useAbsenceWords(): (book: Missing) => { reason: string; details: string } {
  const { t, sentence } = useTranslation();
  const format = useFormat();
  /** The release that waits for approval. That it does is the reason, so it is not said again. */
  const asked = ({ reason, translatable }: NonNullable<Missing["absence"]>) => {
    const { title, indexer, score } = translatable?.["words"]?.figures ?? {};
    if (reason !== "approval" || typeof title !== "string" || typeof indexer !== "string" || typeof score !== "number") return null;
    return t("wanted.asked", { title, indexer, score: format.decimal(score) });
  };
  return ({ absence, release_date }) => {
    if (!absence) return { reason: "", details: "" };
    const date = absence.reason === "upcoming" ? release_date : null;
    const words = sentence(absence.translatable?.["words"], absence.words ?? "");
    const details = date ? t("wanted.upcomingOn", { date: format.date(date) }) : words;
    return { reason: t(`absence.${absence.reason}`), details: asked(absence) ?? details };
  };
}
