/** The appearance: as the system, or as a person chose. */

export const THEMES = ["system", "light", "dark"] as const;
export type Theme = (typeof THEMES)[number];

const STORED = "gapless.theme";
const prefersDark = matchMedia("(prefers-color-scheme: dark)");

export function theme(): Theme {
  const stored = localStorage.getItem(STORED);
  return THEMES.find((each) => each === stored) ?? "system";
}

export function setTheme(chosen: Theme): void {
  localStorage.setItem(STORED, chosen);
  applyTheme();
}

export function applyTheme(): void {
  const chosen = theme();
  const shown = chosen === "system" ? (prefersDark.matches ? "dark" : "light") : chosen;
  document.documentElement.dataset.theme = shown;
}

prefersDark.addEventListener("change", applyTheme);
