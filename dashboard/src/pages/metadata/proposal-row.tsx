import { Check, RotateCcw, X } from "lucide-react";

import type { Schema } from "../../api/client";
import { RowSkeleton } from "../../list/row-skeleton";
import { IconButton } from "../../parts/button";
import { useFormat } from "../../parts/use-format";
import { useSourceName } from "../../parts/use-source-name";
import { useTranslation } from "../../words";
import page from "../page.module.css";
import { Change } from "./change";
import { BookLink, Confidence } from "./reasons";
import css from "./metadata.module.css";

type Proposal = Schema["Proposal"];

export const TEMPLATE = "minmax(13rem, 1.8fr) 6.5rem minmax(14rem, 2.2fr) 9rem 9.5rem 7rem 5rem";

interface ProposalRowProps {
  proposal: Proposal | undefined;
  current: boolean;
  selected: boolean;
  busy: boolean;
  onSelect: (proposal: Proposal) => void;
  onAccept: (proposal: Proposal) => void;
  onDecline: (proposal: Proposal) => void;
  onReopen: (proposal: Proposal) => void;
}

/** A proposed change: of which field of which book, from what to what, how sure, and from where. */
export function ProposalRow({ proposal, current, selected, busy, onSelect, onAccept, onDecline, onReopen }: ProposalRowProps) {
  const { t, sentence } = useTranslation();
  const format = useFormat();
  const sourceName = useSourceName();
  if (!proposal) return <RowSkeleton />;
  const { book_title: title, status } = proposal;
  const field = t(`book.names.${proposal.field}`);
  const isOpen = status === "open";
  const tabIndex = current ? 0 : -1;
  return (
    <>
      <div role="gridcell" className={page.titled}>
        {isOpen && (
          <input
            type="checkbox"
            className={css.check}
            checked={selected}
            tabIndex={tabIndex}
            aria-label={t("metadata.select", { field, title })}
            onChange={() => onSelect(proposal)}
          />
        )}
        <BookLink id={proposal.book_id} title={title} reachable={current} />
      </div>
      <div role="gridcell" className={page.quiet}>
        {field}
      </div>
      <div role="gridcell" className={css.cell}>
        <Change old={proposal.old} next={proposal.new} />
      </div>
      <div role="gridcell" className={`${page.stack} ${page.wide}`}>
        <span>{sourceName(proposal.source)}</span>
        <span className={css.small}>{t(`metadata.proposals.kind.${proposal.kind}`)}</span>
      </div>
      <div role="gridcell" className={css.sure}>
        <Confidence of={proposal.confidence} />
        <span className={css.small}>{format.percent(proposal.score)}</span>
      </div>
      <div role="gridcell" className={`${page.quiet} ${page.wide}`} title={format.moment(proposal.made_at)}>
        {format.relative(proposal.made_at)}
      </div>
      <div role="gridcell" className={page.actions}>
        {isOpen ? (
          <>
            <IconButton
              label={t("metadata.proposals.acceptNamed", { field, title })}
              icon={<Check />}
              tabIndex={tabIndex}
              disabled={busy}
              onClick={() => onAccept(proposal)}
            />
            <IconButton
              label={t("metadata.proposals.declineNamed", { field, title })}
              icon={<X />}
              tabIndex={tabIndex}
              disabled={busy}
              onClick={() => onDecline(proposal)}
            />
          </>
        ) : status === "declined" ? (
          <IconButton
            label={t("metadata.proposals.reopenNamed", { field, title })}
            icon={<RotateCcw />}
            tabIndex={tabIndex}
            disabled={busy}
            onClick={() => onReopen(proposal)}
          />
        ) : (
          <span className={css.small} title={sentence(proposal.translatable?.["status_detail"], proposal.status_detail ?? "") || undefined}>
            {t(`metadata.proposals.status.${status}`)}
          </span>
        )}
      </div>
    </>
  );
}
