import { useId, useMemo, useState, type CSSProperties, type PointerEvent } from "react";
import { useTranslation } from "../words";

import { nearest, pathsOf, scaleOf, shareOf } from "./chart-scale";
import css from "./chart.module.css";
import { useFormat } from "./use-format";

export interface Line {
  name: string;
  /** One for each moment; null where it is unknown. */
  values: readonly (number | null)[];
}

interface LineChartProps {
  title: string;
  /** In order of time. */
  moments: readonly string[];
  /** At most three. */
  lines: readonly Line[];
  format: (value: number) => string;
  /** The scale begins at 0. Without it the scale is as narrow as the values. */
  fromZero?: boolean;
}

const BOX = { width: 1000, height: 100 };

/** Values over time: a drawing with a description, the values at a moment under the pointer, and a table of all. */
export function LineChart({ title, moments, lines, format, fromZero = false }: LineChartProps) {
  const { t } = useTranslation();
  const { date, moment } = useFormat();
  const id = useId();
  const [pointed, setPointed] = useState<number>();
  const xs = useMemo(() => {
    const times = moments.map((each) => Date.parse(each));
    return times.map((each) => shareOf(each, times[0] ?? 0, times.at(-1) ?? 1));
  }, [moments]);
  const scale = useMemo(() => scaleOf(lines.flatMap(({ values }) => values), fromZero), [lines, fromZero]);
  const onPointerMove = ({ clientX, currentTarget }: PointerEvent) => {
    const box = currentTarget.getBoundingClientRect();
    setPointed(nearest(xs, (clientX - box.left) / box.width));
  };
  const shown = Math.min(pointed ?? moments.length - 1, moments.length - 1);
  const [first, last] = [moments[0], moments.at(-1)];
  return (
    <figure className={css.figure} aria-labelledby={`${id}title`}>
      <figcaption className={css.caption}>
        <h3 id={`${id}title`}>{title}</h3>
        <dl className={css.legend}>
          {lines.map(({ name, values }, index) => (
            <div key={name} data-line={index}>
              <dt className={lines.length === 1 ? "visually-hidden" : undefined}>{name}</dt>
              <dd>{words(values[shown], format)}</dd>
            </div>
          ))}
          {moments[shown] && pointed !== undefined && (
            <div>
              <dt className="visually-hidden">{t("chart.at")}</dt>
              <dd className={css.at}>{moment(moments[shown])}</dd>
            </div>
          )}
        </dl>
      </figcaption>
      {first && last ? (
        <>
          <div className={css.plot}>
            <div className={css.ticks} aria-hidden="true">
              {scale.ticks.map((tick) => (
                <span key={tick}>{format(tick)}</span>
              ))}
            </div>
            <svg
              viewBox={`0 0 ${BOX.width} ${BOX.height}`}
              preserveAspectRatio="none"
              role="img"
              aria-labelledby={`${id}title`}
              aria-describedby={`${id}text`}
              onPointerMove={onPointerMove}
              onPointerLeave={() => setPointed(undefined)}
            >
              {scale.ticks.map((tick) => {
                const y = (1 - shareOf(tick, scale.low, scale.high)) * BOX.height;
                return <line key={tick} className={css.rule} x1={0} x2={BOX.width} y1={y} y2={y} />;
              })}
              {pointed !== undefined && (
                <line className={css.cross} x1={(xs[shown] ?? 0) * BOX.width} x2={(xs[shown] ?? 0) * BOX.width} y1={0} y2={BOX.height} />
              )}
              {lines.map(({ name, values }, index) => {
                const { line, dots } = pathsOf(xs, values, scale, BOX);
                return (
                  <g key={name} data-line={index}>
                    <path d={line} />
                    <path d={dots} className={css.dots} />
                  </g>
                );
              })}
            </svg>
            <div className={css.moments} aria-hidden="true">
              <span>{date(first)}</span>
              {first !== last && <span>{date(last)}</span>}
            </div>
          </div>
          <p id={`${id}text`} className="visually-hidden">
            {lines
              .map(({ name, values }) =>
                t("chart.description", {
                  name,
                  first: words(values[0], format),
                  from: date(first),
                  last: words(values.at(-1), format),
                  to: date(last),
                }),
              )
              .join(" ")}
          </p>
          <Values title={title} moments={moments} lines={lines} format={format} />
        </>
      ) : (
        <p className={css.none}>{t("chart.none")}</p>
      )}
    </figure>
  );
}

/** All values as a table, the newest first. It is drawn when it is opened. */
function Values({ title, moments, lines, format }: Omit<LineChartProps, "fromZero">) {
  const { t } = useTranslation();
  const { moment } = useFormat();
  const [isOpen, setIsOpen] = useState(false);
  return (
    <details className={css.table} onToggle={({ currentTarget }) => setIsOpen(currentTarget.open)}>
      <summary>
        {t("chart.table")}
        <span className="visually-hidden">{`: ${title}`}</span>
      </summary>
      {isOpen && (
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- the keyboard scrolls it
        <div tabIndex={0} role="region" aria-label={title}>
          <table>
            <thead>
              <tr>
                <th scope="col">{t("chart.at")}</th>
                {lines.map(({ name }) => (
                  <th key={name} scope="col">
                    {name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {moments.toReversed().map((at, index) => (
                <tr key={at}>
                  <th scope="row">{moment(at)}</th>
                  {lines.map(({ name, values }) => (
                    <td key={name}>{words(values[moments.length - 1 - index], format)}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </details>
  );
}

function words(value: number | null | undefined, format: (value: number) => string): string {
  return value === null || value === undefined ? "–" : format(value);
}

export interface Part {
  name: string;
  value: number;
  tone: "accent" | "gap" | "good" | "bad" | "rest";
}

/** What a whole consists of, as a bar. Its words name every part, so the bar itself is not read. */
export function PartsBar({ parts, format }: { parts: readonly Part[]; format: (value: number) => string }) {
  return (
    <div className={css.parts}>
      <div className={css.bar} aria-hidden="true">
        {parts.map(({ name, value, tone }) => (
          <i key={name} data-tone={tone} style={{ "--share": Math.max(0, value) } as CSSProperties} />
        ))}
      </div>
      <dl>
        {parts.map(({ name, value, tone }) => (
          <div key={name} data-tone={tone}>
            <dt>{name}</dt>
            <dd>{format(value)}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
