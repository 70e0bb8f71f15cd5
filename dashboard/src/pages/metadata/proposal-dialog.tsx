import type { Schema } from "../../api/client";
import { Button } from "../../parts/button";
import { Dialog, DialogActions } from "../../parts/dialog";
import { Facts } from "../../parts/facts";
import { useActorName } from "../../parts/use-actor-name";
import { useFormat } from "../../parts/use-format";
import { useSourceName } from "../../parts/use-source-name";
import { useTranslation } from "../../words";
import { Change } from "./change";
import { BookLink, Confidence, Reasons } from "./reasons";

interface ProposalDialogProps {
  proposal: Schema["Proposal"];
  onClose: () => void;
  onAccept: () => void;
  onDecline: () => void;
  onReopen: () => void;
}

/** A proposal with its whole values and every reason. */
export function ProposalDialog({ proposal, onClose, onAccept, onDecline, onReopen }: ProposalDialogProps) {
  const sourceName = useSourceName();
  const { t, sentence } = useTranslation();
  const actorName = useActorName();
  const format = useFormat();
  return (
    <Dialog title={t("metadata.of", { field: t(`book.names.${proposal.field}`), title: proposal.book_title })} onClose={onClose}>
      <Change whole old={proposal.old} next={proposal.new} />
      <Facts
        facts={[
          [t("metadata.columns.book"), <BookLink key="book" id={proposal.book_id} title={proposal.book_title} />],
          [t("metadata.source"), sourceName(proposal.source)],
          [t("metadata.sure"), <Confidence key="sure" of={proposal.confidence} />],
          [t("metadata.columns.age"), format.moment(proposal.made_at)],
          [t("metadata.status"), t(`metadata.proposals.status.${proposal.status}`)],
          [t("metadata.by"), actorName(proposal.decided_by)],
        ]}
      />
      {proposal.status_detail && <p dir="auto">{sentence(proposal.translatable?.["status_detail"], proposal.status_detail)}</p>}
      <Reasons reasons={proposal.reasons ?? []} />
      {proposal.status === "declined" && (
        <DialogActions>
          <Button onClick={onReopen}>{t("metadata.proposals.reopen")}</Button>
        </DialogActions>
      )}
      {proposal.status === "open" && (
        <>
          <p>{t("metadata.proposals.declineText", { count: 1 })}</p>
          <DialogActions>
            <Button onClick={onDecline}>{t("metadata.proposals.decline")}</Button>
            <Button look="strong" data-focus-first="" onClick={onAccept}>
              {t("metadata.proposals.accept")}
            </Button>
          </DialogActions>
        </>
      )}
    </Dialog>
  );
}
