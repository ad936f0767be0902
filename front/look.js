// The switch between the device's look, light and dark.
const KEY = "lumbung-theme";

function show(theme) {
  if (theme === "auto") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
  for (const button of document.querySelectorAll("[data-theme-switch] button")) {
    button.setAttribute("aria-pressed", String(button.dataset.theme === theme));
  }
}

function keep(theme) {
  try {
    if (theme === "auto") localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, theme);
  } catch {
    // The choice then lasts for this page only.
  }
}

for (const part of document.querySelectorAll("[data-theme-switch]")) {
  part.hidden = false;
  show(document.documentElement.dataset.theme ?? "auto");
  part.addEventListener("click", (event) => {
    const theme = event.target.closest("button")?.dataset.theme;
    if (!theme) return;
    keep(theme);
    show(theme);
  });
}
