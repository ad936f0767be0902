// Runs before the page is drawn, so that a chosen light or dark look does not flash.
try {
  const chosen = localStorage.getItem("lumbung-theme");
  if (chosen === "light" || chosen === "dark") document.documentElement.dataset.theme = chosen;
} catch {
  // A browser that keeps nothing follows the device.
}
