// Warns two minutes before a session ends. The draft is kept either way.
const seconds = Number(document.body.dataset.sessionSeconds || 0);
if (seconds > 0) {
  setTimeout(() => {
    const note = document.getElementById("session-warning");
    note.hidden = false;
    note.textContent = "You will be signed out in two minutes. Save what you are writing, or open any page to stay.";
  }, Math.max(0, seconds - 120) * 1000);
}
