// Warns two minutes before a session ends. The draft is kept either way.
const seconds = Number(document.body.dataset.sessionSeconds || 0);
if (seconds > 0) {
  setTimeout(() => {
    const note = document.getElementById("session-warning");
    note.hidden = false;
    note.textContent = note.dataset.words;
  }, Math.max(0, seconds - 120) * 1000);
}

// What a border post could not send is not left on the device after signing out.
document.querySelector("form[data-sign-out]")?.addEventListener("submit", () => localStorage.removeItem("border-unsent"));
