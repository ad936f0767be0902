// Small kindnesses: copying a text, and bringing a reader to what needs attention.
document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  await navigator.clipboard.writeText(document.querySelector(button.dataset.copy).textContent.trim());
  button.textContent = button.dataset.copied ?? button.textContent;
});

document.querySelector("[data-focus]")?.focus();

// On a phone the desk's menu scrolls sideways: bring the present page into sight.
document.querySelector(".desk-menu [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });
