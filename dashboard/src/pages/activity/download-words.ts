import type { Schema } from "../../api/client";
import { useTranslation } from "../../words";

type Stated = Pick<Schema["Download"], "waiting_for" | "error" | "translatable">;

/** What a download waits for and why it failed, in the present language. */
export function useDownloadWords(): (download: Stated) => { waiting: string; error: string } {
  const { sentence } = useTranslation();
  return ({ waiting_for, error, translatable = {} }) => ({
    waiting: waiting_for ? sentence(translatable["waiting_for"], waiting_for) : "",
    error: error ? sentence(translatable["error"], error) : "",
  });
}
