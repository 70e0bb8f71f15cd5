import { useQuery } from "@tanstack/react-query";
import { X } from "lucide-react";
import { useEffect, useId, useState } from "react";

import { api, ok } from "../../api/client";
import { IconButton } from "../../parts/button";
import { Failed } from "../../parts/states";
import { useTranslation } from "../../words";
import css from "./profiles.module.css";

const FOUND = 6;
const SEARCH_AFTER_MS = 250;

type Kind = "series" | "authors" | "books";
interface Named {
  id: string;
  name: string;
}

interface AssignedListProps {
  kind: Kind;
  ids: readonly string[];
  names: ReadonlyMap<string, string>;
  onChange: (ids: string[], added?: Named) => void;
}

/** What a profile applies to, and a search to add more. */
export function AssignedList({ kind, ids, names, onChange }: AssignedListProps) {
  const { t } = useTranslation();
  const id = useId();
  const [text, setText] = useState("");
  const [query, setQuery] = useState("");
  useEffect(() => {
    const timer = setTimeout(() => setQuery(text.trim()), SEARCH_AFTER_MS);
    return () => clearTimeout(timer);
  }, [text]);
  const found = useQuery({
    queryKey: [kind, "assign", query],
    queryFn: ({ signal }) => search(kind, query, signal),
    enabled: query !== "",
  });
  return (
    <div className={css.field}>
      <label htmlFor={id}>{t(`profiles.kinds.${kind}`)}</label>
      <ul className={css.chips}>
        {ids.map((each) => (
          <li key={each}>
            <span dir="auto">{names.get(each) ?? each}</span>
            <IconButton
              label={t("profiles.unassign", { name: names.get(each) ?? each })}
              icon={<X />}
              onClick={() => onChange(ids.filter((other) => other !== each))}
            />
          </li>
        ))}
      </ul>
      <input
        id={id}
        type="search"
        maxLength={200}
        autoComplete="off"
        value={text}
        placeholder={t("profiles.search")}
        onChange={({ target }) => setText(target.value)}
        onKeyDown={(event) => {
          // Enter would send the form.
          if (event.key === "Enter") event.preventDefault();
        }}
      />
      {found.error && <Failed part error={found.error} />}
      {query !== "" && found.data && (
        <ul className={css.found} role="group" aria-label={t("profiles.foundNamed", { kind: t(`profiles.kinds.${kind}`) })}>
          {found.data.length === 0 && <li className={css.quiet}>{t("profiles.nothingFound")}</li>}
          {found.data
            .filter((each) => !ids.includes(each.id))
            .map((each) => (
              <li key={each.id}>
                <button
                  type="button"
                  dir="auto"
                  onClick={() => {
                    onChange([...ids, each.id], each);
                    setText("");
                    setQuery("");
                  }}
                >
                  {each.name}
                </button>
              </li>
            ))}
        </ul>
      )}
    </div>
  );
}

async function search(kind: Kind, query: string, signal: AbortSignal): Promise<Named[]> {
  const params = { query: { query, limit: FOUND } };
  if (kind === "books") {
    const { items } = await ok(api.GET("/api/books/search", { params, signal }));
    return items.map(({ id, title, authors }) => ({ id, name: [title, authors?.[0]].filter(Boolean).join(", ") }));
  }
  if (kind === "series") {
    const { items } = await ok(api.GET("/api/series/search", { params, signal }));
    return items.map(({ id, name }) => ({ id, name }));
  }
  const { items } = await ok(api.GET("/api/authors/search", { params, signal }));
  return items.map(({ id, name }) => ({ id, name }));
}
