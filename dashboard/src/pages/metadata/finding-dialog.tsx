import { useQuery } from "@tanstack/react-query";
import { Link } from "react-router";

import { api, ok, type Schema } from "../../api/client";
import { Button } from "../../parts/button";
import { Dialog, DialogActions } from "../../parts/dialog";
import { Facts } from "../../parts/facts";
import { Failed } from "../../parts/states";
import { useActorName } from "../../parts/use-actor-name";
import { useFormat } from "../../parts/use-format";
import { useTranslation } from "../../words";
import { Change } from "./change";
import { Reasons } from "./reasons";
import css from "./metadata.module.css";

const BOOKS_LINKED = 10;

interface FindingDialogProps {
  finding: Schema["Finding"];
  onClose: () => void;
  onRepair: () => void;
}

/** A finding with its evidence, its books, and the changes that would repair it. */
export function FindingDialog({ finding, onClose, onRepair }: FindingDialogProps) {
  const { t, ofService, sentence } = useTranslation();
  const actorName = useActorName();
  const format = useFormat();
  const proposals = useQuery({
    queryKey: ["proposals", "of-finding", finding.id],
    queryFn: ({ signal }) =>
      ok(api.GET("/api/metadata/proposals", { params: { query: { finding_id: finding.id, limit: 100 } }, signal })),
    enabled: finding.repairable,
  });
  const changes = proposals.data?.items ?? [];
  return (
    <Dialog title={t(`metadata.findings.kind.${finding.kind}`)} onClose={onClose}>
      <p dir="auto" className={css.wrap}>
        {sentence(finding.translatable?.["words"], finding.words)}
      </p>
      <p dir="auto" className={css.wrap}>
        <b>{t("metadata.findings.remedy")}:</b> {ofService(`remedies.${finding.kind}`, finding.remedy)}
      </p>
      <Facts
        facts={[
          [t("metadata.status"), t(`metadata.findings.status.${finding.status}`)],
          [t("metadata.columns.age"), format.moment(finding.found_at)],
          [t("metadata.by"), actorName(finding.decided_by)],
        ]}
      />
      <p className={css.others}>
        {finding.book_ids.slice(0, BOOKS_LINKED).map((id, index) => (
          <Link key={id} to={`/library/${id}`}>
            {finding.book_ids.length === 1 ? t("series.openBook") : t("metadata.findings.bookNumber", { number: index + 1 })}
          </Link>
        ))}
      </p>
      <Reasons reasons={finding.evidence ?? []} />
      {proposals.error && <Failed part error={proposals.error} onRetry={() => void proposals.refetch()} />}
      {changes.length > 0 && (
        <div>
          <h3>{t("metadata.findings.repairs", { count: proposals.data?.total ?? 0 })}</h3>
          <ul className={css.repairs}>
            {changes.map((each) => (
              <li key={each.id}>
                <span dir="auto">
                  {each.book_title} – {t(`book.names.${each.field}`)}
                </span>
                <Change whole old={each.old} next={each.new} />
              </li>
            ))}
          </ul>
        </div>
      )}
      {finding.repairable && finding.status === "open" && (
        <DialogActions>
          <Button look="strong" onClick={onRepair}>
            {t("metadata.findings.repair")}
          </Button>
        </DialogActions>
      )}
    </Dialog>
  );
}
