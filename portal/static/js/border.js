// Keeps checks that could not be sent, says that they are not checked, and sends each once.
// On the device lie only what was typed, where and when, and for whom; answers are never kept.
// The same script drives the page and its empty shell, which a device shows without a line (worker.js).
const form = document.getElementById("border-form");
const result = document.getElementById("border-result");
const waiting = document.getElementById("border-waiting");
const list = document.getElementById("border-unsent");
const line = document.getElementById("border-line");
const late = document.getElementById("border-late");
const STORE = "border-unsent";
const PATIENCE = 8000; // milliseconds without an answer, after which there is no line
const AGAIN = 15000; // milliseconds between tries
const NO_LINE = line.textContent;
const typed = form.elements.typed;
const inShell = !("who" in form.dataset); // the shell knows nobody
const OWNER = "border-owner"; // who was last seen to be signed in here, and until when: session.js notes it
let sending = false;

function stored(name) {
  try {
    return JSON.parse(localStorage.getItem(name) || "null");
  } catch {
    return null; // not ours: begin anew
  }
}
const who = inShell ? stored(OWNER)?.who : form.dataset.who;
const ended = () => Date.now() > (stored(OWNER)?.until || 0); // as far as a device can know without a line

const read = () => {
  const kept = stored(STORE);
  if (kept && kept.who === who) return kept.checks;
  if (who) localStorage.removeItem(STORE); // somebody else's who used this device
  return [];
};
const write = (checks) => {
  if (checks.length) localStorage.setItem(STORE, JSON.stringify({ who, checks }));
  else localStorage.removeItem(STORE);
  show(checks);
};

function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((one) => one.toString(16).padStart(2, "0")).join("");
}

// After the session has ended, the shell names only what was typed since it was opened.
const here = new Set();
const nameable = (one) => !inShell || !ended() || here.has(one.key);

function show(checks) {
  waiting.hidden = !checks.some(nameable);
  line.hidden = !inShell && checks.every((one) => one.ended); // these do not wait for a line
  document.getElementById("border-ended").hidden = inShell || !checks.some((one) => one.ended);
  list.replaceChildren(...checks.filter(nameable).map((one) => {
    const item = document.createElement("li");
    const what = document.createElement("bdi");
    const mark = document.createElement("strong");
    what.textContent = one.typed;
    mark.className = "border-mark border-mark--ask";
    mark.textContent = "not checked";
    item.append(what, " ", mark, ` ${new Date(one.made_at).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" })}`);
    return item;
  }));
}

// Send one check; the page that comes back, or null when there is no line.
async function send(address, { key, typed: text, place, made_at }) {
  const body = new URLSearchParams({ key, typed: text, place, made_at, csrf_token: form.elements.csrf_token.value });
  try {
    const answer = await fetch(address, { method: "POST", body, signal: AbortSignal.timeout(PATIENCE), cache: "no-store" });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    return { status: answer.redirected ? 401 : answer.status, part: page.getElementById("border-result"), last: page.getElementById("border-last") };
  } catch {
    return null;
  }
}

const gone = (answer) => [400, 401, 403].includes(answer.status);
const settled = (answer) => answer.part && [200, 422].includes(answer.status);

function refresh(answer) {
  if (answer.last) document.getElementById("border-last").replaceWith(answer.last);
}

function keep(check, words) {
  here.add(check.key);
  write([...read(), ended() ? { ...check, ended: true } : check]);
  line.textContent = words;
  const told = document.getElementById("border-unanswered").content.cloneNode(true);
  told.querySelector("bdi").textContent = check.typed;
  result.replaceChildren(told);
  result.dataset.key = check.key;
  result.focus();
}

const ENDED = "You are signed out. Sign in again with the same account; these are sent then.";

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const text = typed.value.trim();
  if (!text || sending || !who) { typed.focus(); return; }
  const check = { key: newKey(), typed: text, place: form.elements.place.value, made_at: new Date().toISOString() };
  if (inShell) {
    keep(check, NO_LINE);
    typed.value = "";
    openPage();
    return;
  }
  sending = true;
  const answer = await send(form.action, check);
  sending = false;
  if (answer && settled(answer)) {
    result.replaceChildren(...answer.part.childNodes);
    refresh(answer);
    result.focus();
    if (answer.status === 200) typed.value = "";
    localStorage.setItem(OWNER, JSON.stringify({ who, until: Date.now() + document.body.dataset.sessionSeconds * 1000 }));
  } else {
    keep(check, answer && gone(answer) ? ENDED : NO_LINE);
    typed.value = "";
    if (answer && gone(answer)) offerSignIn();
  }
  flush();
});

function offerSignIn() {
  const link = document.createElement("a");
  link.className = "govuk-link";
  link.href = form.dataset.signIn;
  link.textContent = "Sign in";
  line.append(" ", link);
}

// Send what was kept, the oldest first; stop at the first that does not arrive.
async function flush() {
  if (sending || !navigator.onLine) return;
  sending = true;
  for (const check of read().filter((one) => !one.ended)) {
    const answer = await send(form.dataset.later, check);
    if (!answer || !settled(answer)) {
      line.textContent = answer && gone(answer) ? ENDED : NO_LINE;
      if (answer && gone(answer)) offerSignIn();
      break;
    }
    write(read().filter((one) => one.key !== check.key));
    const box = document.createElement("div");
    box.append(...answer.part.childNodes);
    if (result.dataset.key === check.key) result.replaceChildren();
    late.hidden = false;
    late.querySelector("h2").after(box);
    refresh(answer);
  }
  sending = false;
}

// What was typed after the session had ended may be another's: it is sent only when its owner says so.
document.getElementById("border-mine").addEventListener("click", () => {
  write(read().map((one) => ({ ...one, ended: false })));
  flush();
});
document.getElementById("border-not-mine").addEventListener("click", () => write(read().filter((one) => !one.ended)));

// The shell gives way to the page itself once the portal answers, unless somebody is typing or scanning.
async function openPage() {
  if (typed.value || camera.childElementCount) return;
  try {
    const answer = await fetch(form.dataset.probe, { redirect: "manual", signal: AbortSignal.timeout(PATIENCE), cache: "no-store" });
    if (answer.status < 500 && !typed.value && !camera.childElementCount) location.reload();
  } catch { /* no line yet */ }
}

function describe() {
  document.getElementById("border-no-line").hidden = !who;
  document.getElementById("border-nobody").hidden = Boolean(who);
  form.hidden = !who;
  document.getElementById("border-former").hidden = !who || !ended();
  const checks = read();
  const hidden = checks.length - checks.filter(nameable).length;
  document.getElementById("border-former-count").textContent = hidden ? `Kept on this device and not shown: ${hidden}.` : "";
  show(checks);
}

const scan = document.getElementById("border-scan");
const camera = document.getElementById("border-camera");
const again = inShell ? openPage : flush;
window.addEventListener("online", again);
setInterval(again, AGAIN);
if (inShell) {
  describe();
  setInterval(describe, AGAIN); // the session may end while the shell is open
} else {
  show(read());
  flush();
  navigator.serviceWorker?.register(form.dataset.worker).catch(() => {}); // without it the page works as ever
}
if (result.childElementCount) result.focus(); else typed.focus();

// The camera, where the browser reads codes by itself.
const LOOK = 250; // milliseconds between looks

if ("BarcodeDetector" in window && navigator.mediaDevices) scan.hidden = false;

scan.addEventListener("click", async () => {
  if (camera.childElementCount) { stop(); return; }
  try {
    const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
    const video = document.createElement("video");
    video.className = "border-video";
    video.playsInline = true;
    video.muted = true;
    video.srcObject = stream;
    camera.replaceChildren(video);
    scan.textContent = "Stop the camera";
    video.play().catch(() => {}); // frames come when they come
    look(video, new BarcodeDetector());
  } catch {
    stop();
    camera.textContent = "The camera cannot be used. Type it instead.";
  }
});

async function look(video, detector) {
  if (!video.isConnected) return;
  const found = await detector.detect(video).catch(() => []);
  if (found.length) {
    typed.value = found[0].rawValue;
    stop();
    form.requestSubmit();
    return;
  }
  setTimeout(() => look(video, detector), LOOK);
}

function stop() {
  camera.querySelector("video")?.srcObject?.getTracks().forEach((one) => one.stop());
  camera.replaceChildren();
  scan.textContent = "Scan with the camera";
}
