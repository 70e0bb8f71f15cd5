import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "../../words";

import { api, ok, type Schema } from "../../api/client";
import { Dialog } from "../../parts/dialog";
import { Waiting } from "../../parts/states";
import { useToasts } from "../../parts/toasts";
import css from "./discover.module.css";

const KEY = ["missing", "genres"] as const;

/** Which genres have a top list, and how long each list is. A change is stored at once. */
export function Genres({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const genres = useQuery({ queryKey: KEY, queryFn: ({ signal }) => ok(api.GET("/api/genres", { signal })) });
  return (
    <Dialog title={t("discover.chooseGenres")} onClose={onClose}>
      <p className={css.quiet}>{t("discover.genresText")}</p>
      {genres.data ? (
        <ul className={css.genres}>
          {genres.data.map((genre) => (
            <GenreRow key={genre.name} genre={genre} />
          ))}
        </ul>
      ) : (
        <Waiting query={genres} />
      )}
    </Dialog>
  );
}

function GenreRow({ genre }: { genre: Schema["Genre"] }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { fail } = useToasts();
  const change = useMutation({
    mutationFn: (body: Schema["GenreUpdate"]) =>
      ok(api.PUT("/api/genres/{name}", { params: { path: { name: genre.name } }, body })),
    onError: fail,
    onSuccess: () => client.invalidateQueries({ queryKey: ["missing"] }),
  });
  return (
    <li>
      <label>
        <input
          type="checkbox"
          checked={genre.enabled}
          disabled={change.isPending}
          onChange={({ target }) => change.mutate({ enabled: target.checked })}
        />
        {genre.name}
      </label>
      {genre.enabled && (
        <>
          <NumberField
            label={t("discover.entries")}
            name={genre.name}
            value={genre.top10_count}
            most={50}
            onChange={(top10_count) => change.mutate({ top10_count })}
          />
          <NumberField
            label={t("discover.minSeeders")}
            name={genre.name}
            value={genre.min_seeders}
            least={0}
            most={100_000}
            onChange={(min_seeders) => change.mutate({ min_seeders })}
          />
        </>
      )}
    </li>
  );
}

interface NumberFieldProps {
  label: string;
  name: string;
  value: number;
  least?: number;
  most: number;
  onChange: (value: number) => void;
}

/** A number that is stored when the field is left, if it is valid. */
function NumberField({ label, name, value, least = 1, most, onChange }: NumberFieldProps) {
  return (
    <label className={css.number}>
      <span>
        {label}
        <span className="visually-hidden">{`: ${name}`}</span>
      </span>
      <input
        type="number"
        min={least}
        max={most}
        defaultValue={value}
        onBlur={({ target }) => {
          if (target.validity.valid && target.value !== "" && target.valueAsNumber !== value) onChange(target.valueAsNumber);
        }}
      />
    </label>
  );
}
