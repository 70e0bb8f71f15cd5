import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Pause, Play, RefreshCw } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "../../words";

import { api, ok } from "../../api/client";
import { Button } from "../../parts/button";
import { Dialog, DialogActions } from "../../parts/dialog";
import { useToasts } from "../../parts/toasts";
import { useAccess, useSwitch } from "./access";

/** Reads the account from the tracker now. */
export function CheckNow() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { say, fail } = useToasts();
  const check = useMutation({
    mutationFn: () =>
      ok(api.POST("/api/scheduler/tasks/{name}/run", { params: { path: { name: "account_care" } }, body: {} })),
    onError: fail,
    onSuccess: () => {
      say({ text: t("account.checking") });
      void client.invalidateQueries({ queryKey: ["runs"] });
    },
  });
  return (
    <Button icon={<RefreshCw aria-hidden="true" />} disabled={check.isPending} onClick={() => check.mutate()}>
      {t("account.check")}
    </Button>
  );
}

/** Stops all requests to the tracker after a question, and starts them again at once. */
export function PauseOrResume() {
  const { t } = useTranslation();
  const access = useAccess();
  const { pause, resume } = useSwitch();
  const [isAsking, setIsAsking] = useState(false);
  if (!access.data) return null;
  const isStopped = Boolean(access.data.stopped_at);
  return (
    <>
      {/* One button, so that it keeps the focus. Disabled it would lose it. */}
      <Button
        look={isStopped ? "strong" : "plain"}
        icon={isStopped ? <Play aria-hidden="true" /> : <Pause aria-hidden="true" />}
        aria-disabled={resume.isPending}
        onClick={() => (isStopped ? !resume.isPending && resume.mutate() : setIsAsking(true))}
      >
        {t(isStopped ? "account.resume" : "account.pause")}
      </Button>
      {isAsking && (
        <Dialog title={t("account.pauseTitle")} onClose={() => setIsAsking(false)}>
          <p>{t("account.pauseText")}</p>
          <DialogActions>
            <Button onClick={() => setIsAsking(false)}>{t("app.cancel")}</Button>
            <Button look="danger" disabled={pause.isPending} onClick={() => pause.mutate(undefined, { onSettled: () => setIsAsking(false) })}>
              {t("account.pauseDo")}
            </Button>
          </DialogActions>
        </Dialog>
      )}
    </>
  );
}
