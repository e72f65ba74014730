// Warns two minutes before a session ends. The draft is kept either way.
const seconds = Number(document.body.dataset.sessionSeconds || 0);
if (seconds > 0) {
  setTimeout(() => {
    const note = document.getElementById("session-warning");
    note.hidden = false;
    note.textContent = note.dataset.words;
  }, Math.max(0, seconds - 120) * 1000);
}

// Who may check at a border on this device, and until when at most: the border page without a line asks here.
// Whatever page shows that nobody is signed in, or somebody else, takes the place of what was noted.
const OWNER = "border-owner";
const officer = document.body.dataset.borderOfficer;
if (officer) localStorage.setItem(OWNER, JSON.stringify({ who: officer, until: Date.now() + seconds * 1000 }));
else localStorage.removeItem(OWNER);

// What a border post could not send is not left on the device after signing out.
document.querySelector("form[data-sign-out]")?.addEventListener("submit", () => {
  for (const name of [OWNER, "border-unsent"]) localStorage.removeItem(name);
});
