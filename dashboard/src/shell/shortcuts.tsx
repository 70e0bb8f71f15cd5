
import { Dialog } from "../parts/dialog";
import { useTranslation } from "../words";
import { PAGES } from "./pages";
import css from "./shortcuts.module.css";

/** The keyboard shortcuts, by what they do. */
export default function Shortcuts({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const command = navigator.platform.startsWith("Mac") ? "⌘" : "Ctrl";
  const rows: [string, string[]][] = [
    [t("shortcuts.palette"), [command, "K"]],
    [t("shortcuts.help"), ["?"]],
    [t("shortcuts.filter"), ["/"]],
    [t("shortcuts.undo"), ["u"]],
    ...PAGES.map(({ name, key }): [string, string[]] => [
      t("shortcuts.go", { page: t(`pages.${name}`) }),
      ["g", key],
    ]),
    [t("shortcuts.rows"), ["↑", "↓"]],
    [t("shortcuts.ends"), ["Home", "End"]],
    [t("shortcuts.open"), ["Enter"]],
    [t("shortcuts.cells"), ["←", "→"]],
    [t("shortcuts.want"), ["+"]],
  ];
  return (
    <Dialog title={t("shortcuts.title")} onClose={onClose}>
      <dl className={css.list}>
        {rows.map(([words, keys]) => (
          <div key={words}>
            <dt>{words}</dt>
            <dd>
              {keys.map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
