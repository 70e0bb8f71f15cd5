import { useMemo } from "react";

import { useTranslation } from "../words";
import { formatFor, type Format } from "../words/format";

/** Dates, numbers and sizes in the present language. */
export function useFormat(): Format {
  const { language } = useTranslation();
  return useMemo(() => formatFor(language), [language]);
}
