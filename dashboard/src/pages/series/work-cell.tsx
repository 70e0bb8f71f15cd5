import { Popover } from "radix-ui";

import { useTranslation } from "../../words";
import css from "./board.module.css";
import { WorkFacts } from "./work-facts";
import type { Work } from "./works";

interface WorkCellProps {
  work: Work;
  reachable: boolean;
  /** Whether what is known about the work is shown. */
  open: boolean;
  onOpen: (cell: HTMLElement) => void;
  /** Move to another cell of the series. */
  onMove: (step: number) => void;
}

/** One work of a series as a cell. It opens what is known about the work. */
export function WorkCell({ work, reachable, open, onOpen, onMove }: WorkCellProps) {
  const { t } = useTranslation();
  const place = work.place ? t("series.place", { place: work.place }) : t("series.noPlace");
  return (
    <button
      type="button"
      className={css.cell}
      data-state-of-work={work.state}
      data-cell=""
      tabIndex={reachable ? 0 : -1}
      aria-haspopup="dialog"
      aria-expanded={open}
      aria-label={`${place}: ${work.title}. ${t(`series.state.${work.state}`)}`}
      onClick={(event) => onOpen(event.currentTarget)}
      onKeyDown={(event) => {
        const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
        if (step === undefined) return;
        event.preventDefault();
        onMove(step);
      }}
      title={`${work.title} – ${t(`series.state.${work.state}`)}`}
    >
      {work.place ?? "·"}
    </button>
  );
}

interface WorkPopoverProps {
  /** The id of the series. */
  series: string;
  work: Work;
  /** The cell at which it is shown, and which gets the focus back. */
  cell: HTMLElement;
  onClose: () => void;
}

/** What is known about a work, at its cell. One for all cells: a popover for each would make a long list slow. */
export function WorkPopover({ series, work, cell, onClose }: WorkPopoverProps) {
  return (
    <Popover.Root open onOpenChange={(open) => !open && onClose()}>
      <Popover.Anchor virtualRef={{ current: cell }} />
      <Popover.Portal>
        <Popover.Content
          className={css.popover}
          sideOffset={6}
          collisionPadding={12}
          aria-label={work.title}
          onInteractOutside={(event) => {
            // A click on its own cell closes it, and must not open it again.
            if (cell.contains(event.target as Node)) event.preventDefault();
          }}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            cell.focus();
          }}
        >
          <WorkFacts series={series} work={work} />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
