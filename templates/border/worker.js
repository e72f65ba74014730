// Keeps the empty page of a border post on the device, so that it opens without a line.
// Only what the list names is kept: no answer, nothing of a person. Every other request passes by untouched.
const KEPT = {{ kept | tojson }};
const OURS = "border-"; // how the names of our caches begin
const NAME = `${OURS}${KEPT.version}`;
const PATIENCE = 8000; // milliseconds without an answer, after which there is no line
const AWAY = [502, 503, 504]; // what stands before the portal says so, or the portal cannot store

self.addEventListener("install", (event) => event.waitUntil(fill()));
self.addEventListener("activate", (event) => event.waitUntil(follow()));
self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { pathname, search } = new URL(request.url);
  if (request.method !== "GET") return;
  if (request.mode === "navigate") {
    if (pathname === KEPT.page) event.respondWith(opened(request));
  } else if (KEPT.files.includes(pathname + search)) {
    event.respondWith(file(pathname + search));
  }
});

// A cache is whole or is not used: one refusal, such as of an ended session, and the older worker stays.
async function fill() {
  const cache = await caches.open(NAME);
  for (const address of [KEPT.shell, ...KEPT.files]) {
    const answer = await fetch(address, { cache: "no-store" });
    if (!answer.ok || answer.redirected) throw new Error(`not kept: ${address}`);
    await cache.put(address, answer);
  }
  await self.skipWaiting();
}

// The newer version takes the place of the older.
async function follow() {
  const names = await caches.keys();
  await Promise.all(names.filter((one) => one.startsWith(OURS) && one !== NAME).map((one) => caches.delete(one)));
  await self.clients.claim();
}

async function opened(request) {
  const late = new Promise((resolve) => setTimeout(resolve, PATIENCE));
  const answer = await Promise.race([fetch(request).catch(() => null), late]);
  if (answer && !AWAY.includes(answer.status)) return answer;
  return (await kept(KEPT.shell)) || answer || Response.error();
}

const kept = async (address) => (await caches.open(NAME)).match(address);
const file = async (address) => (await kept(address)) || fetch(address);
