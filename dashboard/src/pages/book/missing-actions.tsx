import { EyeOff, ListFilter, RotateCcw, Search } from "lucide-react";
import { useNavigate } from "react-router";

import type { Schema } from "../../api/client";
import { Button, IconButton } from "../../parts/button";
import { useTranslation } from "../../words";
import { useMissingActions } from "./use-missing-actions";

interface MissingActionsProps {
  book: Schema["MissingBook"];
  /** Only icons, as in a row. */
  compact?: boolean;
  reachable?: boolean;
}

/** Search a missing book now, choose among its releases, ignore it, or want it again. */
export function MissingActions({ book, compact = false, reachable = true }: MissingActionsProps) {
  const { t } = useTranslation();
  const { search, set, mayBeSearched, mayBeIgnored, mayBeWanted } = useMissingActions(book);
  const navigate = useNavigate();
  const { title } = book;
  const mayBeChosen = !["ignored", "completed"].includes(book.status);
  const tabIndex = reachable ? 0 : -1;
  const actions = [
    mayBeSearched && {
      name: t("wanted.searchNamed", { title }),
      words: t("wanted.search"),
      icon: <Search aria-hidden="true" />,
      run: () => search.mutate(),
    },
    mayBeChosen && {
      name: t("releases.openNamed", { title }),
      words: t("releases.open"),
      icon: <ListFilter aria-hidden="true" />,
      run: () => void navigate(`/wanted/${book.id}/search`),
    },
    mayBeWanted && {
      name: t("wanted.wantNamed", { title }),
      words: t("series.unignore"),
      icon: <RotateCcw aria-hidden="true" />,
      run: () => set.mutate("identified"),
    },
    mayBeIgnored && {
      name: t("wanted.ignoreNamed", { title }),
      words: t("series.ignore"),
      icon: <EyeOff aria-hidden="true" />,
      run: () => set.mutate("ignored"),
    },
  ].filter((each) => each !== false);
  const busy = search.isPending || set.isPending;
  return actions.map(({ name, words, icon, run }) =>
    compact ? (
      <IconButton key={words} label={name} icon={icon} tabIndex={tabIndex} disabled={busy} onClick={run} />
    ) : (
      <Button key={words} icon={icon} disabled={busy} onClick={run}>
        {words}
      </Button>
    ),
  );
}
