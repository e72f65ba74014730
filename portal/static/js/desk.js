// The desk by keyboard, news without reloading, and who else has a case open.
// Without it, links and forms do the same.
const desk = document.getElementById("desk");
const NEWS = 20000; // milliseconds between two looks for news
const HERE = 30000; // milliseconds after which the portal is told that a case is still open
const CHORD = 1500; // milliseconds within which q must follow g
const LIST = "desk-list"; // the cases of the queue last seen, for the way to the next one

const token = () => document.querySelector("input[name=csrf_token]").value;
const rows = () => [...document.querySelectorAll("[data-row]")];
const current = () => document.querySelector(".row--at");

// --- the row that the keys are about ---
const go = (row) => {
  if (!row) return;
  current()?.classList.remove("row--at");
  row.classList.add("row--at");
  row.querySelector("[data-desk=open]").focus();
  row.scrollIntoView({ block: "nearest" });
};
const step = (by) => {
  const all = rows();
  const at = all.indexOf(current());
  go(all[at < 0 ? (by > 0 ? 0 : all.length - 1) : Math.min(Math.max(at + by, 0), all.length - 1)]);
};

// --- the case beside the queue ---
const beside = document.getElementById("beside");
const show = async (link) => {
  const answer = await fetch(link.href, { redirect: "follow" });
  if (!answer.ok) { location.assign(link.href); return; }
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const found = page.getElementById("beside");
  if (!found) { location.assign(link.href); return; }
  beside.replaceChildren(...found.childNodes);
  beside.hidden = false;
  desk.classList.add("desk--open");
  document.querySelectorAll(".row--open").forEach((row) => row.classList.remove("row--open"));
  link.closest("[data-row]").classList.add("row--open");
  history.replaceState(null, "", link.href);
  if (beside.getBoundingClientRect().top > innerHeight || beside.getBoundingClientRect().bottom < 0) beside.scrollIntoView({ block: "start" });
};
if (beside) {
  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-desk=beside]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    show(link);
  });
}

// --- deeds ---
const take = () => {
  const own = document.querySelector("form[data-desk=take]");
  if (own) { own.requestSubmit(); return; }
  const row = current();
  const form = document.getElementById("take-one");
  if (!row || !form) return;
  form.action = `${row.querySelector("[data-desk=open]").pathname}/take`;
  form.submit();
};
const openFlag = () => {
  const box = document.getElementById("do-flag");
  if (!box) return;
  box.open = true;
  box.querySelector("textarea").focus();
};
const flag = () => {
  if (desk.dataset.case) { openFlag(); return; }
  const link = current()?.querySelector("[data-desk=open]");
  if (link) location.assign(`${link.href}#do-flag`);
};
const next = () => {
  if (!desk.dataset.case) { step(1); return; }
  const list = JSON.parse(sessionStorage.getItem(LIST) || "{\"cases\":[]}").cases;
  const at = list.findIndex((address) => address.endsWith(desk.dataset.case));
  const link = document.querySelector("[data-desk=next]");
  if (at >= 0 && at + 1 < list.length) location.assign(list[at + 1]);
  else if (link) location.assign(link.href);
};
const back = () => location.assign(document.querySelector("[data-desk=queue]")?.href || location.href);
const tick = () => {
  const box = current()?.querySelector("input[name=cases]");
  if (box) box.click();
};
const boxes = () => [...document.querySelectorAll("input[name=cases]")];
const tickAll = () => {
  const wanted = boxes().some((box) => !box.checked);
  boxes().forEach((box) => { box.checked = wanted; });
  boxes()[0]?.dispatchEvent(new Event("change", { bubbles: true }));
};
const help = () => document.getElementById("keys-help").showModal();
const find = () => {
  (document.getElementById("desk-find") || document.getElementById("officer-search")).focus();
};
const KEYS = {
  j: () => step(1), k: () => step(-1), t: take, f: flag, n: next, x: tick, a: tickAll, "?": help, "/": find,
  o: () => current()?.querySelector("[data-desk=open]").click(),
  p: () => current()?.querySelector("[data-desk=beside]").click(),
};

const typing = (target) => target.closest("input:not([type=checkbox]), textarea, select, dialog, [contenteditable]");
let chord = 0;
if (desk && desk.dataset.keys === "on") {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.repeat && event.key !== "j" && event.key !== "k") return;
    if (typing(event.target)) return;
    const key = event.key;
    if (key === "g") { chord = event.timeStamp; return; }
    const after = chord && event.timeStamp - chord < CHORD;
    chord = 0;
    if (after && key === "q") { event.preventDefault(); back(); return; }
    const deed = KEYS[key];
    if (!deed) return;
    event.preventDefault();
    deed();
  });
  document.addEventListener("focusin", (event) => {
    const row = event.target.closest("[data-row]");
    if (row && row !== current()) { current()?.classList.remove("row--at"); row.classList.add("row--at"); }
  });
}

// --- the way back leads to the queue as it was filtered ---
const toQueue = document.querySelector("[data-desk=queue]");
const kept = JSON.parse(sessionStorage.getItem(LIST) || "{}").queue;
if (toQueue && kept) toQueue.href = kept;

// --- the queue remembers itself, says how many are ticked and what is new ---
if (desk && desk.dataset.live) {
  const cases = [...document.querySelectorAll("[data-desk=open]")].map((link) => link.pathname);
  sessionStorage.setItem(LIST, JSON.stringify({ queue: location.pathname + location.search, cases }));
  const ticked = document.getElementById("ticked");
  document.addEventListener("change", (event) => {
    if (event.target.name !== "cases") return;
    const number = boxes().filter((box) => box.checked).length;
    ticked.textContent = number ? `(${number})` : "";
    document.getElementById("bulk").open ||= number > 0;
  });
  const all = document.getElementById("tick-all");
  if (all) {
    all.hidden = false;
    all.addEventListener("click", tickAll);
  }
  const look = async () => {
    if (document.hidden) return;
    try {
      const answer = await fetch(desk.dataset.live, { redirect: "error", headers: { Accept: "application/json" } });
      if (!answer.ok) return;
      const found = await answer.json();
      document.getElementById("news").hidden = found.new === "0";
      if (found.new !== "0") document.getElementById("news-count").textContent = found.new;
      for (const place of document.querySelectorAll("[data-count]")) {
        const name = place.dataset.count;
        place.textContent = name === "open" ? found.open : found.counts[name] ?? 0;
      }
    } catch { /* the next look may be luckier */ }
  };
  setInterval(look, NEWS);
}

// --- a case, on its page or beside the queue: say that it is open here, where else it is, and that it changed ---
if (desk) {
  const tell = async () => {
    const place = document.querySelector("[data-here]");
    if (document.hidden || !place) return;
    try {
      const answer = await fetch(place.dataset.here, { method: "POST", redirect: "error", headers: { "X-CSRFToken": token() } });
      const changed = document.getElementById("changed");
      if (answer.status === 404) changed.hidden = false; // another officer took it
      if (!answer.ok) return;
      const { others: names, version } = await answer.json();
      changed.hidden = String(version) === place.dataset.version;
      const others = document.getElementById("others");
      others.hidden = names.length === 0;
      const text = names.length ? `Also open at: ${names.join(", ")}` : "";
      if (others.textContent.trim() !== text) others.textContent = text;
    } catch { /* told again later */ }
  };
  setInterval(tell, HERE);
  if (location.hash === "#do-flag") openFlag();
}
