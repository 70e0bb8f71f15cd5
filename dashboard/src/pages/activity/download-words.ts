import type { Schema } from "../../api/client";
import { useTranslation } from "../../words";

type Stated = Pick<Schema["Download"], "waiting_for" | "error" | "said">;

/** What a download waits for and why it failed, in the present language. */
export function useDownloadWords(): (download: Stated) => { waiting: string; error: string } {
  const { sentence } = useTranslation();
  return ({ waiting_for, error, said = {} }) => ({
    waiting: waiting_for ? sentence(said["waiting_for"], waiting_for) : "",
    error: error ? sentence(said["error"], error) : "",
  });
}
