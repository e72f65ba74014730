// Keeps checks that could not be sent, says that they are not checked, and sends each once.
// On the device lie only what was typed, where and when; answers are never kept.
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
let sending = false;

const read = () => {
  try {
    const kept = JSON.parse(localStorage.getItem(STORE) || "null");
    if (kept && kept.who === form.dataset.who) return kept.checks;
  } catch { /* not ours: begin anew */ }
  localStorage.removeItem(STORE); // somebody else's who used this device
  return [];
};
const write = (checks) => {
  if (checks.length) localStorage.setItem(STORE, JSON.stringify({ who: form.dataset.who, checks }));
  else localStorage.removeItem(STORE);
  show(checks);
};

function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((one) => one.toString(16).padStart(2, "0")).join("");
}

function show(checks) {
  waiting.hidden = checks.length === 0;
  list.replaceChildren(...checks.map((one) => {
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
async function send(address, check) {
  const body = new URLSearchParams({ ...check, csrf_token: form.elements.csrf_token.value });
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
  write([...read(), check]);
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
  if (!text || sending) { typed.focus(); return; }
  const check = { key: newKey(), typed: text, place: form.elements.place.value, made_at: new Date().toISOString() };
  sending = true;
  const answer = await send(form.action, check);
  sending = false;
  if (answer && settled(answer)) {
    result.replaceChildren(...answer.part.childNodes);
    refresh(answer);
    result.focus();
    if (answer.status === 200) typed.value = "";
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
  for (const check of read()) {
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

window.addEventListener("online", flush);
setInterval(flush, AGAIN);
show(read());
flush();
if (result.childElementCount) result.focus(); else typed.focus();

// The camera, where the browser reads codes by itself.
const scan = document.getElementById("border-scan");
const camera = document.getElementById("border-camera");
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
