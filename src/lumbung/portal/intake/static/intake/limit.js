// Says at once, before anything is sent, that a chosen file is larger than the site takes.
for (const area of document.querySelectorAll("[data-limit]")) {
  const input = area.querySelector("input[type=file]");
  input.addEventListener("change", () => {
    const large = [...input.files].some((file) => file.size > Number(area.dataset.limit));
    input.setCustomValidity(large ? area.dataset.tooLarge : "");
    if (large) input.reportValidity();
  });
}
