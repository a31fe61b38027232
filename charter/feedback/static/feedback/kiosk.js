// The tablet at an office: thanks at once, sending in its own time, a clean screen for the next person.
const QUIET = 30000; // untouched for so long: "Are you still there?"
const THINK = 25000; // so long to answer that
const THANKED = 15000;
const ROUND = 60000;
const DRAFT = "kiosk-draft";

const form = document.querySelector("[data-kiosk]");
const ask = document.querySelector("[data-ask]");
const thanks = document.querySelector("[data-thanks]");
const still = document.querySelector("[data-still]");
const { home } = form.dataset;
const outbox = new window.parama.KioskOutbox(form.dataset.answers);
const send = () => outbox.send().catch(closedOrLater);
let timer;

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const given = Object.fromEntries(new FormData(form));
  delete given.key;
  try {
    await outbox.add({ ...given, language: document.documentElement.lang, day: today() });
  } catch (noDatabase) {
    form.submit();
    return;
  }
  form.reset();
  show(thanks);
  clearTimeout(timer);
  timer = setTimeout(begin, THANKED);
  send();
});

document.querySelector("[data-next]").addEventListener("click", begin);
document.querySelector("[data-stay]").addEventListener("click", () => still.close());
still.addEventListener("close", watch);

for (const kind of ["pointerdown", "keydown", "input"]) document.addEventListener(kind, watch, { passive: true });

// Whoever changes the language takes along what was chosen and written.
for (const link of document.querySelectorAll(".kiosk__langs a")) {
  link.addEventListener("click", () => {
    sessionStorage.setItem(DRAFT, JSON.stringify([...new FormData(form)].filter(([name]) => name !== "key")));
  });
}
restore();
watch();
send();
setInterval(send, ROUND);
window.addEventListener("online", send);
keepForOffline();

// Without a network it comes round again. A tablet whose code was withdrawn says so, but interrupts nobody.
function closedOrLater(trouble) {
  if (trouble.message === "403" && !isTouched()) window.location.reload();
}

function watch() {
  if (!ask.hidden && !still.open) {
    clearTimeout(timer);
    if (isTouched()) timer = setTimeout(askWhetherThere, QUIET);
  }
}

function isTouched() {
  const given = [...new FormData(form)].filter(([name, value]) => name !== "key" && value);
  return given.length > 0 || form.querySelector("details").open || window.location.pathname !== home;
}

function askWhetherThere() {
  still.showModal();
  timer = setTimeout(begin, THINK);
}

// As if nobody had been here.
function begin() {
  clearTimeout(timer);
  sessionStorage.removeItem(DRAFT);
  form.reset();
  form.querySelector("details").open = false;
  if (still.open) still.close();
  if (window.location.pathname !== home) window.location.replace(home);
  else show(ask);
}

function show(part) {
  for (const each of [ask, thanks]) each.hidden = each !== part;
  window.scrollTo(0, 0);
  part.querySelector("h1").focus();
}

function restore() {
  const kept = JSON.parse(sessionStorage.getItem(DRAFT) || "[]");
  sessionStorage.removeItem(DRAFT);
  for (const [name, value] of kept) {
    const field = form.elements[name];
    if (field) field.value = value;
  }
  if (kept.some(([name, value]) => name !== "score" && value)) form.querySelector("details").open = true;
}

function today() {
  const now = new Date();
  return new Date(now.getTime() - now.getTimezoneOffset() * 60000).toISOString().slice(0, 10);
}

// Each language has its page and its worker; all of them and what they show are kept for the time without a network.
async function keepForOffline() {
  if (!("serviceWorker" in navigator)) return;
  const pages = Array.from(document.querySelectorAll(".kiosk__langs a"), (link) => link.href);
  const parts = Array.from(document.querySelectorAll("link[rel=stylesheet], link[rel=icon], script[src]"), (part) => part.href || part.src);
  const pictures = Array.from(document.querySelectorAll("use"), (use) => use.getAttribute("href").split("#")[0]);
  try {
    for (const page of pages) await navigator.serviceWorker.register(`${page}worker.js`, { scope: page });
    const cache = await caches.open("kiosk");
    const shown = new Set([...pages, ...parts, ...pictures].map((address) => new URL(address, document.baseURI).href));
    await cache.addAll([...shown]);
    for (const kept of await cache.keys()) if (!shown.has(kept.url)) await cache.delete(kept);
  } catch (unreachable) {
    // Tried again when the page is next loaded.
  }
}
