// The link of a request carries its secret behind the #, which no browser sends along: it is posted once instead, and
// taken out of the address bar, so that it stays in no history.
const form = document.querySelector("form[data-standing-of]");
const secret = location.hash.slice(1).toLowerCase();
if (/^[0-9a-f]{32}$/.test(secret)) {
  history.replaceState(null, "", location.pathname);
  form.querySelector("[name=secret]").value = secret;
  form.submit();
}
