import { Ellipsis, Keyboard, Search } from "lucide-react";
import { lazy, Suspense, useCallback, useEffect, useRef, useState } from "react";
import { NavLink, Outlet } from "react-router";

import { useLive, useReachable } from "../live/use-live";
import { Loading } from "../parts/states";
import { useTranslation } from "../words";
import { useKeys } from "./keys";
import { Mark } from "./mark";
import { GROUPS } from "./pages";
import css from "./shell.module.css";
import { usePageName } from "./use-page-name";

const loadPalette = () => import("./palette");
const Palette = lazy(loadPalette);
/** The page that is shown loads first. */
const PALETTE_AFTER_MS = 3_000;
const Shortcuts = lazy(() => import("./shortcuts"));
const AppMenu = lazy(() => import("./app-menu"));

/** What is around every page: the navigation, the search over everything, and whether news arrive. */
export function Shell() {
  const { t } = useTranslation();
  const [open, setOpen] = useState<"palette" | "help" | "menu" | null>(null);
  const onPalette = useCallback(() => setOpen("palette"), []);
  const onHelp = useCallback(() => setOpen("help"), []);
  const onClose = useCallback(() => setOpen(null), []);
  useKeys({ onPalette, onHelp });
  useEffect(() => {
    // What a person types at once after Ctrl+K would be lost while the palette is loading.
    const timer = setTimeout(() => void loadPalette().catch(() => undefined), PALETTE_AFTER_MS);
    return () => clearTimeout(timer);
  }, []);
  const content = useRef<HTMLElement>(null);
  const pageName = usePageName(content);
  const live = useLive();
  const reachable = useReachable();
  return (
    <div className={css.shell}>
      <a className={css.skip} href="#content" onClick={focusContent}>
        {t("app.skip")}
      </a>
      <nav className={css.nav} aria-label={t("app.navigation")}>
        <NavLink to="/" className={css.brand ?? ""} tabIndex={-1} aria-hidden="true">
          <Mark size={28} />
          <span>{t("app.name")}</span>
        </NavLink>
        <button type="button" className={css.search} onClick={onPalette}>
          <Search aria-hidden="true" />
          <span>{t("app.search")}</span>
          <kbd aria-hidden="true">{navigator.platform.startsWith("Mac") ? "⌘K" : "Ctrl K"}</kbd>
        </button>
        <div className={css.groups}>
          {GROUPS.map((pages) => (
            <ul key={pages[0]?.path} className={css.pages}>
              {pages.map(({ path, name, icon: Icon }) => (
                <li key={path}>
                  <NavLink to={path} end={path === "/"} className={css.page ?? ""}>
                    <Icon aria-hidden="true" />
                    <span>{t(`pages.${name}`)}</span>
                  </NavLink>
                </li>
              ))}
            </ul>
          ))}
        </div>
        <div className={css.foot}>
          <button type="button" className={css.page} onClick={onHelp}>
            <Keyboard aria-hidden="true" />
            <span>{t("shortcuts.short")}</span>
          </button>
          <button type="button" className={css.page} onClick={() => setOpen("menu")}>
            <Ellipsis aria-hidden="true" />
            <span>{t("app.more")}</span>
          </button>
        </div>
      </nav>
      <main ref={content} id="content" className={css.content} tabIndex={-1}>
        <div role="status">
          {!reachable && <p className={css.banner}>{t("states.offline")}</p>}
          {reachable && !live && <p className={css.banner}>{t("states.polling")}</p>}
        </div>
        <Outlet />
      </main>
      <p role="status" className="visually-hidden">
        {pageName}
      </p>
      <Suspense fallback={<Loading />}>
        {open === "palette" && <Palette onClose={onClose} />}
        {open === "help" && <Shortcuts onClose={onClose} />}
        {open === "menu" && <AppMenu onClose={onClose} />}
      </Suspense>
    </div>
  );
}

/** With <base>, a link to #content would leave the page. */
function focusContent(event: React.MouseEvent): void {
  event.preventDefault();
  document.getElementById("content")?.focus();
}
