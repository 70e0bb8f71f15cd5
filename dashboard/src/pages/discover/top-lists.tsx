import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { RefreshCw, SlidersHorizontal } from "lucide-react";
import { useCallback, useState } from "react";
import { useTranslation } from "../../words";
import { useNavigate } from "react-router";

import { api, ok } from "../../api/client";
import { useListAddress } from "../../list/address";
import { ColumnHeaders } from "../../list/column-headers";
import { Select, Toggle } from "../../list/list-bar";
import { useNarrow } from "../../list/use-narrow";
import { VirtualRows } from "../../list/virtual-rows";
import { Button } from "../../parts/button";
import { Empty, Failed, Waiting } from "../../parts/states";
import { useToasts } from "../../parts/toasts";
import { useFormat } from "../../parts/use-format";
import css from "./discover.module.css";
import { Genres } from "./genres";
import { mayBeWanted, type Entry } from "./top-list-entry";
import { EntryDetails, TEMPLATE, TopListRow } from "./top-list-row";
import { useWant } from "./use-want";

const KEY = ["missing", "top-lists"] as const;
const HEADERS = ["rank", "title", "series", "popularity", "size", "state", "actions"] as const;
/** The key that wants the selected book. */
const WANT_KEY = "+";

/** The most popular releases of the week, one list for each genre, with what the library has of them. */
export function TopLists() {
  const { t, sentence } = useTranslation();
  const format = useFormat();
  const address = useListAddress();
  const [isChoosing, setIsChoosing] = useState(false);
  const client = useQueryClient();
  const { fail } = useToasts();
  const lists = useQuery({
    queryKey: KEY,
    queryFn: ({ signal }) => ok(api.GET("/api/top10/weekly", { signal })),
  });
  const readAgain = useMutation({
    mutationFn: () => ok(api.GET("/api/top10/weekly", { params: { query: { max_age_seconds: 0 } } })),
    onError: fail,
    onSuccess: (answer) => client.setQueryData(KEY, answer),
  });
  const all = lists.data?.lists ?? [];
  const keyOf = ({ genre, source }: (typeof all)[number]) => (source === "catalogue" ? `${genre}:${source}` : genre);
  const list = all.find((each) => keyOf(each) === address.get("genre")) ?? all[0];
  const isOnlyNew = address.get("only") === "new";
  const entries = (list?.entries ?? []).filter((entry) => !isOnlyNew || mayBeWanted(entry));
  return (
    <>
      <div className={css.controls}>
        {list && (
          <Select
            label={t("discover.genre")}
            value={keyOf(list)}
            options={all.map(
              (each) =>
                [keyOf(each), each.source === "catalogue" ? t("discover.ofCatalogue", { genre: each.genre }) : each.genre] as const,
            )}
            onChange={(genre) => address.set({ genre })}
          />
        )}
        <Toggle
          label={t("discover.onlyNew")}
          on={isOnlyNew}
          onChange={(on) => address.set({ only: on ? "new" : "" })}
        />
        <Button icon={<SlidersHorizontal aria-hidden="true" />} onClick={() => setIsChoosing(true)}>
          {t("discover.chooseGenres")}
        </Button>
        <Button icon={<RefreshCw aria-hidden="true" />} disabled={readAgain.isPending} onClick={() => readAgain.mutate()}>
          {t("discover.readAgain")}
        </Button>
        {list && (
          <span className={css.quiet} title={format.moment(list.read_at)}>
            {t("discover.readAt", { when: format.relative(list.read_at), from: format.date(list.week_from) })}
          </span>
        )}
      </div>
      {lists.error !== null && lists.data && <Failed part error={lists.error} onRetry={() => void lists.refetch()} />}
      {(lists.data?.problems ?? []).length > 0 && (
        <ul className={css.notice} aria-label={t("discover.problems")}>
          {lists.data?.problems?.map((problem, index) => (
            <li key={problem}>{sentence(lists.data.translatable?.[`problems.${index}`], problem)}</li>
          ))}
        </ul>
      )}
      {!lists.data && <Waiting query={lists} />}
      {lists.data && !list && (
        <Empty
          title={t("discover.noLists")}
          action={<Button onClick={() => setIsChoosing(true)}>{t("discover.chooseGenres")}</Button>}
        >
          {t("discover.noListsText")}
        </Empty>
      )}
      {list && entries.length === 0 && (
        <Empty title={isOnlyNew ? t("discover.nothingNew") : t("discover.emptyList")}>
          {isOnlyNew ? undefined : t("discover.emptyListText")}
        </Empty>
      )}
      {list && entries.length > 0 && (
        <Entries key={`${keyOf(list)} ${isOnlyNew}`} genre={list.genre} entries={entries} place={address.place} />
      )}
      {isChoosing && <Genres onClose={() => setIsChoosing(false)} />}
    </>
  );
}

interface EntriesProps {
  genre: string;
  entries: readonly Entry[];
  place: number;
}

function Entries({ genre, entries, place }: EntriesProps) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const narrow = useNarrow();
  const want = useWant(genre);
  const [opened, setOpened] = useState<Entry>();
  const onShow = useCallback(() => undefined, []);
  const onOpen = (index: number) => {
    const entry = entries[index];
    if (entry?.book_id) void navigate(`/library/${entry.book_id}`);
    else if (entry?.missing_book_id) void navigate(`/wanted/${entry.missing_book_id}`);
    else setOpened(entry);
  };
  const onKeyDown = (event: React.KeyboardEvent) => {
    const row = (event.target as HTMLElement).closest<HTMLElement>("[data-index]");
    const entry = entries[Number(row?.dataset.index)];
    if (event.key !== WANT_KEY || !entry || !mayBeWanted(entry) || want.isPending) return;
    event.preventDefault();
    want.mutate(entry);
  };
  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- the rows in it have the focus
    <div className={css.list} onKeyDown={onKeyDown}>
      <VirtualRows
        label={t("discover.listOf", { genre })}
        total={entries.length}
        place={place}
        rowHeight={narrow ? 96 : 56}
        template={narrow ? "minmax(0, 1fr) auto" : TEMPLATE}
        header={
          <ColumnHeaders
            columns={HEADERS.map((name) => [t(`discover.columns.${name}`), null] as const)}
            sort=""
            onSort={() => undefined}
          />
        }
        onShow={onShow}
        onOpen={onOpen}
      >
        {({ index, current }) => {
          const entry = entries[index];
          return (
            entry && (
              <TopListRow
                entry={entry}
                current={current}
                isBusy={want.isPending}
                onWant={() => want.mutate(entry)}
                onDetails={() => setOpened(entry)}
              />
            )
          );
        }}
      </VirtualRows>
      {opened && <EntryDetails entry={opened} onClose={() => setOpened(undefined)} onWant={() => want.mutate(opened)} />}
    </div>
  );
}
