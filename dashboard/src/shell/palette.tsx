import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Command } from "cmdk";
import { CalendarClock } from "lucide-react";
import { useDeferredValue, useEffect, useState } from "react";
import { useNavigate } from "react-router";

import { api, ok } from "../api/client";
import { Cover } from "../parts/cover";
import { Dialog } from "../parts/dialog";
import { Failed } from "../parts/states";
import { useTaskName } from "../parts/use-task-name";
import { useSettingMeaning, useSettingName, useSettingWords } from "../pages/settings/setting-names";
import { found, groupsOf } from "../pages/settings/settings-model";
import { settingsQuery } from "../pages/settings/use-settings";
import { useTranslation } from "../words";
import { PAGES } from "./pages";
import css from "./palette.module.css";

const SHOWN = 8;
const SEARCH_AFTER_MS = 150;

const contains = (text: string, query: string) => text.toLowerCase().includes(query.toLowerCase());

/** Searches pages, books, series, tasks and settings at once. */
export default function Palette({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const taskName = useTaskName();
  const [settingName, settingMeaning, settingWords] = [useSettingName(), useSettingMeaning(), useSettingWords()];
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
  const settings = useQuery({ ...settingsQuery, enabled: query !== "" });
  const tasks = useQuery({
    queryKey: ["runs", "tasks"],
    queryFn: ({ signal }) => ok(api.GET("/api/scheduler/tasks", { signal })),
    enabled: query !== "",
  });
  const go = (path: string) => {
    onClose();
    void navigate(path);
  };
  const pages = PAGES.filter(({ name }) => t(`pages.${name}`).toLowerCase().includes(text.trim().toLowerCase()));
  const foundTasks = query
    ? (tasks.data ?? []).filter(({ name }) => contains(`${taskName(name)} ${name}`, query)).slice(0, SHOWN)
    : [];
  const foundSettings = query
    ? found(groupsOf(settings.data ?? []), query, settingWords)
        .flatMap(({ fields }) => fields)
        .slice(0, SHOWN)
    : [];
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
                  onSelect={() => go(`/series/${each.id}`)}
                >
                  <span className={css.words}>
                    <b dir="auto">{each.name}</b>
                    <i dir="auto">{each.authors?.join(", ")}</i>
                  </span>
                </Command.Item>
              ))}
            </Command.Group>
          )}
          {foundTasks.length > 0 && (
            <Command.Group heading={t("palette.tasks")}>
              {foundTasks.map(({ name }) => (
                <Command.Item key={name} value={`task ${name}`} onSelect={() => go(`/schedule/${name}`)}>
                  <CalendarClock aria-hidden="true" />
                  {taskName(name)}
                </Command.Item>
              ))}
            </Command.Group>
          )}
          {foundSettings.length > 0 && (
            <Command.Group heading={t("palette.settings")}>
              {foundSettings.map(({ name, group, description }) => (
                <Command.Item
                  key={name}
                  value={`setting ${name}`}
                  onSelect={() => go(`/settings/${group}?setting=${name}`)}
                >
                  <span className={css.words}>
                    <b>{settingName(name)}</b>
                    <i dir="auto">{settingMeaning({ name, description })}</i>
                  </span>
                </Command.Item>
              ))}
            </Command.Group>
          )}
          {text.trim() !== "" && foundBooks.length + foundSeries.length + foundTasks.length + foundSettings.length + pages.length === 0 && (
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
