// Keeps what is being typed in a draft. Without it, the buttons of the page do.
const WAIT = 2000; // milliseconds after the last key

for (const form of document.querySelectorAll("form[data-autosave-url]")) {
  const status = document.createElement("p");
  status.className = "govuk-body-s autosave";
  status.setAttribute("role", "status");
  form.append(status);
  let timer;
  let sent = new URLSearchParams(new FormData(form)).toString();

  const save = async () => {
    clearTimeout(timer);
    const body = new URLSearchParams(new FormData(form));
    if (sent === null || body.toString() === sent) return;
    try {
      const answer = await fetch(form.dataset.autosaveUrl, { method: "POST", body, redirect: "error" });
      if (!answer.ok) throw new Error(String(answer.status));
      const { saved_at: at } = await answer.json();
      sent = body.toString();
      status.textContent = form.dataset.saved.replace("{time}", new Date(at).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" }));
    } catch {
      status.textContent = form.dataset.notSaved;
    }
  };
  form.addEventListener("submit", () => { clearTimeout(timer); timer = undefined; sent = null; });
  form.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(save, WAIT); });
  form.addEventListener("focusout", () => { if (timer) save(); });
}
