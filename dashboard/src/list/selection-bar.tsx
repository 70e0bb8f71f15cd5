import { useMutation, useQueryClient } from "@tanstack/react-query";
import { X } from "lucide-react";
import { useState, type ReactNode } from "react";

import type { Schema } from "../api/client";
import { problemOf } from "../api/problem";
import { Button, IconButton } from "../parts/button";
import { Dialog, DialogActions } from "../parts/dialog";
import { useToasts } from "../parts/toasts";
import { useFormat } from "../parts/use-format";
import { useTranslation } from "../words";
import { changeAll } from "./bulk";
import { MOST_SELECTED, type Selection } from "./selection";
import css from "./selection-bar.module.css";

type Result = Schema["BulkResult"];
/** What a call names: items by their ids, or a filter with the number that the person saw. */
export type Chosen<Filter> = { ids: string[] } | { filter: Filter; expected: number };

export interface BulkAction<Filter> {
  words: string;
  icon: ReactNode;
  call: (chosen: Chosen<Filter>) => Promise<Result>;
  /** The message about what was done. */
  done: (count: number) => string;
  /** Takes back what was done. */
  undo?: (ids: string[]) => Promise<unknown>;
  /** Asked before: what is affected. */
  ask?: { title: string; text: string };
}

interface SelectionBarProps<Filter> {
  selection: Selection;
  total: number;
  /** The filters of the list; without them only single rows can be selected. */
  filter: Filter | undefined;
  actions: readonly BulkAction<Filter>[];
  /** The first part of the keys of the queries that are read again. */
  subjects: readonly string[];
}

/** What can be done with the selected rows. It is shown while there are any. */
export function SelectionBar<Filter>({ selection, total, filter, actions, subjects }: SelectionBarProps<Filter>) {
  const { t, sentence } = useTranslation();
  const format = useFormat();
  const client = useQueryClient();
  const { say, fail } = useToasts();
  const [asking, setAsking] = useState<BulkAction<Filter> | null>(null);
  const [reached, setReached] = useState(0);
  const counted = (count: number) => ({ count });
  const refresh = () => {
    for (const subject of subjects) void client.invalidateQueries({ queryKey: [subject] });
  };
  const change = useMutation({
    mutationFn: (action: BulkAction<Filter>) => {
      const chosen =
        selection.all && filter !== undefined ? { filter, expected: selection.count } : { ids: [...selection.ids] };
      return changeAll(
        () => action.call(chosen),
        (ids) => action.call({ ids }),
        setReached,
      );
    },
    onSuccess: (result, { done, undo }) => {
      const problem = result.problems?.[0]?.problem;
      const why = sentence(problem?.translatable?.["detail"], problem?.detail ?? "");
      const refused = result.refused
        ? t("selection.refused", { count: result.refused, why })
        : "";
      say({
        text: [result.done.length || !refused ? done(result.done.length) : "", refused].filter(Boolean).join(" "),
        ...(undo && result.done.length ? { undo: () => void undo(result.done).then(refresh, fail) } : {}),
      });
      selection.clear();
    },
    onError: (error) => {
      fail(error);
      if (problemOf(error).code === "selection_changed") selection.clear();
    },
    onSettled: () => {
      refresh();
      setAsking(null);
      setReached(0);
    },
  });
  if (selection.count === 0) return null;
  const run = (action: BulkAction<Filter>) => (action.ask ? setAsking(action) : change.mutate(action));
  return (
    <div className={css.bar} role="toolbar" aria-label={t("selection.bar")}>
      <p aria-live="polite">
        {reached > 0
          ? t("selection.working", { done: format.number(reached), ...counted(selection.count) })
          : t("selection.selected", counted(selection.count))}
      </p>
      {filter !== undefined && !selection.all && total > selection.count && total <= MOST_SELECTED && (
        <Button look="quiet" onClick={selection.selectAll}>
          {t("selection.all", counted(total))}
        </Button>
      )}
      <span className={css.actions}>
        {actions.map((action) => (
          <Button key={action.words} icon={action.icon} disabled={change.isPending} onClick={() => run(action)}>
            {action.words}
          </Button>
        ))}
        <IconButton label={t("selection.clear")} icon={<X />} onClick={selection.clear} />
      </span>
      {asking?.ask && (
        <Dialog title={asking.ask.title} onClose={() => setAsking(null)}>
          <p>{asking.ask.text}</p>
          <DialogActions>
            <Button onClick={() => setAsking(null)}>{t("selection.keep")}</Button>
            <Button look="danger" disabled={change.isPending} onClick={() => change.mutate(asking)}>
              {asking.words}
            </Button>
          </DialogActions>
        </Dialog>
      )}
    </div>
  );
}

interface SelectBoxProps {
  index: number;
  id: string;
  title: string;
  current: boolean;
  selection: Selection;
}

/** Whether a row is selected. Shift selects the rows since the last one. */
export function SelectBox({ index, id, title, current, selection }: SelectBoxProps) {
  const { t } = useTranslation();
  return (
    <input
      type="checkbox"
      className={css.box}
      aria-label={t("selection.row", { title })}
      tabIndex={current ? 0 : -1}
      checked={selection.has(id)}
      onChange={({ nativeEvent }) => selection.toggle(index, (nativeEvent as MouseEvent).shiftKey === true)}
    />
  );
}

/** The first cell of a row, with its box. */
export function SelectCell(props: SelectBoxProps) {
  return (
    <div role="gridcell" className={css.cell} data-select-cell="">
      <SelectBox {...props} />
    </div>
  );
}
