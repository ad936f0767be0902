// A form with data-passkey="create" or "get" asks the browser for a passkey (WebAuthn) and sends what it answers.
// The questions stand in data-options as the server wrote them.
for (const form of document.querySelectorAll("form[data-passkey]")) {
  const knows = window.PublicKeyCredential?.parseCreationOptionsFromJSON;
  const button = form.querySelector("button");
  const trouble = form.querySelector("[data-trouble]");
  button.hidden = !knows;
  form.querySelector("[data-unknown]").hidden = Boolean(knows);
  form.addEventListener("submit", async (event) => {
    if (form.elements.credential.value) return;
    event.preventDefault();
    trouble.hidden = true;
    const { publicKey } = JSON.parse(form.dataset.options);
    try {
      const credential =
        form.dataset.passkey === "create"
          ? await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(publicKey) })
          : await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(publicKey) });
      form.elements.credential.value = JSON.stringify(credential.toJSON());
      form.submit();
    } catch {
      trouble.hidden = false; // closed, timed out, or no key on this device
    }
  });
}
