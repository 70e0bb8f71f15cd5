import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Command } from "cmdk";
import { useDeferredValue, useEffect, useState } from "react";
import { useNavigate } from "react-router";

import { api, ok } from "../api/client";
import { Cover } from "../parts/cover";
import { Dialog } from "../parts/dialog";
import { Failed } from "../parts/states";
import { useTranslation } from "../words";
import { PAGES } from "./pages";
import css from "./palette.module.css";

const SHOWN = 8;
const SEARCH_AFTER_MS = 150;

/** Searches pages, books and series at once. */
export default function Palette({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [text, setText] = useState("");
  const query = useDeferredValue(useSettled(text.trim()));
  const books = useQuery({
    queryKey: ["books", "palette", query],
    queryFn: ({ signal }) => ok(api.GET("/api/books/search", { params: { query: { query, limit: SHOWN } }, signal })),
    enabled: query !== "",
    placeholderData: keepPreviousData,
  });
  const series = useQuery({
    queryKey: ["series", "palette", query],
    queryFn: ({ signal }) => ok(api.GET("/api/series/search", { params: { query: { query, limit: SHOWN } }, signal })),
    enabled: query !== "",
    placeholderData: keepPreviousData,
  });
  const go = (path: string) => {
    onClose();
    void navigate(path);
  };
  const pages = PAGES.filter(({ name }) => t(`pages.${name}`).toLowerCase().includes(text.trim().toLowerCase()));
  const [foundBooks, foundSeries] = query ? [books.data?.items ?? [], series.data?.items ?? []] : [[], []];
  const isSearching = query !== text.trim() || books.isFetching || series.isFetching;
  const error = books.error ?? series.error;
  return (
    <Dialog title={t("palette.title")} hideTitle onClose={onClose}>
      <Command label={t("palette.title")} shouldFilter={false} loop className={css.palette}>
        <Command.Input
          data-focus-first=""
          value={text}
          onValueChange={setText}
          maxLength={200}
          placeholder={t("palette.placeholder")}
          className={css.input}
        />
        {error && <Failed part error={error} />}
        <Command.List className={css.list} label={t("palette.title")}>
          {pages.length > 0 && (
            <Command.Group heading={t("palette.pages")}>
              {pages.map(({ path, name, icon: Icon }) => (
                <Command.Item key={path} value={path} onSelect={() => go(path)}>
                  <Icon aria-hidden="true" />
                  {t(`pages.${name}`)}
                </Command.Item>
              ))}
            </Command.Group>
          )}
          {foundBooks.length > 0 && (
            <Command.Group heading={t("palette.books")}>
              {foundBooks.map((book) => (
                <Command.Item key={book.id} value={book.id} onSelect={() => go(`/library/${book.id}`)}>
                  <Cover title={book.title} authors={book.authors ?? []} size="small" book={book} />
                  <span className={css.words}>
                    <b dir="auto">{book.title}</b>
                    <i dir="auto">{book.authors?.join(", ")}</i>
                  </span>
                </Command.Item>
              ))}
            </Command.Group>
          )}
          {foundSeries.length > 0 && (
            <Command.Group heading={t("palette.series")}>
              {foundSeries.map((each) => (
                <Command.Item
                  key={each.id}
                  value={each.id}
                  onSelect={() => go(`/series?q=${encodeURIComponent(each.name)}`)}
                >
                  <span className={css.words}>
                    <b dir="auto">{each.name}</b>
                    <i dir="auto">{each.authors?.join(", ")}</i>
                  </span>
                </Command.Item>
              ))}
            </Command.Group>
          )}
          {text.trim() !== "" && foundBooks.length + foundSeries.length + pages.length === 0 && (
            <p className={css.none} role="status">
              {isSearching ? t("palette.searching") : t("palette.none", { query: text.trim() })}
            </p>
          )}
        </Command.List>
      </Command>
    </Dialog>
  );
}

/** The value, when it has not changed for a moment. */
function useSettled(value: string): string {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), SEARCH_AFTER_MS);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}
