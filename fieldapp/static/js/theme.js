// The light switch. The theme follows the phone until its owner chooses; the choice stays on this phone.
// A classic script in <head>, not a module: it must run before the first paint, or a dark screen flashes white at a door.
(() => {
  const root = document.documentElement;
  const bars = { light: "#ffffff", dark: "#030305" };

  /** @returns {"light" | "dark" | null} the choice kept on this phone; null where there is none, or where storage is shut. */
  function kept() {
    try {
      const value = localStorage.getItem("theme");
      return value === "light" || value === "dark" ? value : null;
    } catch {
      return null;
    }
  }

  /** @param {"light" | "dark"} theme */
  function keep(theme) {
    try {
      localStorage.setItem("theme", theme);
    } catch {
      // Storage is shut (private mode): the choice then lasts for this page only.
    }
  }

  /** @param {"light" | "dark"} theme */
  function show(theme) {
    root.dataset.theme = theme;
    for (const meta of document.querySelectorAll("meta[name='theme-color']")) meta.setAttribute("content", bars[theme]);
  }

  const chosen = kept();
  if (chosen) show(chosen);

  document.addEventListener("click", (event) => {
    if (!(event.target instanceof Element) || !event.target.closest("[data-theme-switch]")) return;
    const now = root.dataset.theme ?? (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
    const next = now === "dark" ? "light" : "dark";
    show(next);
    keep(next);
  });
})();
