import { useQuery } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "../../words";

import { api, ok } from "../../api/client";
import { Button } from "../../parts/button";
import { Empty, Failed, Waiting } from "../../parts/states";
import css from "./discover.module.css";
import { ImportListCard } from "./import-list-card";
import { ImportListForm } from "./import-list-form";
import { useKinds } from "./use-kinds";

/** A person's lists of wanted books, each with what became of its entries. */
export function ImportLists() {
  const { t } = useTranslation();
  const [isAdding, setIsAdding] = useState(false);
  const kinds = useKinds();
  const lists = useQuery({
    queryKey: ["lists", "all"],
    queryFn: ({ signal }) => ok(api.GET("/api/import-lists", { signal })),
  });
  const add = (
    <Button look="strong" icon={<Plus aria-hidden="true" />} onClick={() => setIsAdding(true)}>
      {t("discover.addList")}
    </Button>
  );
  return (
    <div className={css.scroll}>
      {lists.error !== null && lists.data && <Failed part error={lists.error} onRetry={() => void lists.refetch()} />}
      {!lists.data && <Waiting query={lists} />}
      {lists.data?.length === 0 && (
        <Empty title={t("discover.noImportLists")} action={add}>
          {t("discover.noImportListsText")}
        </Empty>
      )}
      {lists.data && lists.data.length > 0 && (
        <>
          <div className={css.controls}>{add}</div>
          <ul className={css.cards}>
            {lists.data.map((list) => (
              <ImportListCard key={list.id} list={list} kind={kinds.data?.find(({ name }) => name === list.kind)} />
            ))}
          </ul>
        </>
      )}
      {isAdding && <ImportListForm onClose={() => setIsAdding(false)} />}
    </div>
  );
}
