import { useTranslation } from "../words";
import { systemName } from "./source-name";

/** What a value comes from: an outside system, the texts of the library, or a person. */
export function useSourceName(): (source: string) => string {
  const { t } = useTranslation();
  return (source) => {
    if (source === "MANUAL" || source === "TEXTS") return t(`book.from.${source}`);
    return systemName(source);
  };
}
