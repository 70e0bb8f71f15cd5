import { useTranslation } from "../words";
import { formatFor, type Format } from "../words/format";

/** Dates, numbers and sizes in the present language. */
export function useFormat(): Format {
  return formatFor(useTranslation().language);
}
