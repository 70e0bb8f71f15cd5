import "./styles/tokens.css";
import "./styles/base.css";

import { StrictMode } from "react";
import { createRoot } from "react-dom/client";

import { App } from "./app";
import { applyTheme } from "./shell/theme";
import { wordsOfShell } from "./words";

// A page that was loaded before an update asks for a file that is gone. The new index.html names the new files.
addEventListener("vite:preloadError", () => {
  const last = Number(sessionStorage.getItem("gapless.reloaded"));
  if (Date.now() - last < 30_000) return;
  sessionStorage.setItem("gapless.reloaded", String(Date.now()));
  location.reload();
});

applyTheme();
await wordsOfShell;
const root = document.getElementById("app");
if (root) {
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
}
