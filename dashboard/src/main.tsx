import "./styles/tokens.css";
import "./styles/base.css";

import { StrictMode } from "react";
import { createRoot } from "react-dom/client";

import { Problem } from "./api/problem";
import { App, preloadPage } from "./app";
import { applyTheme } from "./shell/theme";
import { startWords } from "./words";

// A page that was loaded before an update asks for a file that is gone. The new index.html names the new files.
addEventListener("vite:preloadError", () => void reloadAfterUpdate());

/** Write a fault of a page to the console. A call that failed is shown in its place, and is no fault of the page. */
function report(error: unknown): void {
  if (!(error instanceof Problem)) console.error(error);
}

/** Load the page again, at most twice a minute. Without a connection it stays as it is. */
async function reloadAfterUpdate(): Promise<void> {
  const last = Number(sessionStorage.getItem("gapless.reloaded"));
  if (Date.now() - last < 30_000) return;
  const index = await fetch(document.baseURI, { headers: { Accept: "text/html" } }).catch(() => undefined);
  if (!index?.ok) return;
  sessionStorage.setItem("gapless.reloaded", String(Date.now()));
  location.reload();
}

applyTheme();
await startWords();
preloadPage();
const root = document.getElementById("app");
if (root) {
  createRoot(root, { onCaughtError: report }).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
}
