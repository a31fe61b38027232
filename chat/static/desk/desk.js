/* The desk, made quicker: news as it happens, keys, drafts that stay. Without it every button works by itself. */
const floor = document.querySelector("[data-floor]");
const queue = document.querySelector("[data-queue]");
const log = document.querySelector("[data-log]");
const knowledge = document.querySelector("[data-knowledge]");
const composer = document.querySelector("[data-composer]");
const box = composer && composer.querySelector("textarea");
const say = document.querySelector("[data-say]");
const stale = document.querySelector("[data-stale]");
const open = floor.dataset.open || "";

async function part(url) {
  const answer = await fetch(url, { headers: { "X-Requested-With": "desk" }, redirect: "error" });
  if (!answer.ok) throw new Error(String(answer.status));
  const holder = document.createElement("template");
  holder.innerHTML = await answer.text();
  return holder.content;
}

/* Only what changed is drawn: a hundred rows stay, and so does the focus in them. */
async function renewQueue() {
  const fresh = await part(`${floor.dataset.queueUrl}?open=${open}`);
  const list = queue.querySelector(".waiting"), next = fresh.querySelector(".waiting");
  const waiting = queue.querySelectorAll("[data-row]").length;
  if (list && next) {
    const parts = [...fresh.children];
    patchRows(list, next);
    patchAround(list, parts, parts.indexOf(next));
  } else queue.replaceChildren(fresh);
  if (queue.querySelectorAll("[data-row]").length > waiting) say.textContent = floor.dataset.new;
  const ringing = queue.querySelector("[data-ringing]"); // the card opens by itself, unless words would be lost
  if (ringing && !(box && box.value)) location.assign(ringing.href);
}

function patchRows(list, next) {
  const focused = list.contains(document.activeElement) ? document.activeElement.getAttribute("href") : null;
  const known = new Map([...list.children].map((row) => [row.firstElementChild.getAttribute("href"), row]));
  for (const [at, row] of [...next.children].entries()) {
    const link = row.firstElementChild, old = known.get(link.getAttribute("href"));
    if (old) {
      known.delete(link.getAttribute("href"));
      if (old.innerHTML !== row.innerHTML) {
        if (link.hasAttribute("aria-current")) old.firstElementChild.setAttribute("aria-current", "true");
        else old.firstElementChild.removeAttribute("aria-current");
        if (old.firstElementChild.innerHTML !== link.innerHTML) old.firstElementChild.innerHTML = link.innerHTML;
      }
    }
    if (list.children[at] !== (old || row)) list.insertBefore(old || row, list.children[at] || null);
  }
  for (const gone of known.values()) gone.remove();
  const again = focused && list.querySelector(`a[href="${focused}"]`);
  if (again && again !== document.activeElement) again.focus();
}

function patchAround(list, fresh, place) {
  const now = [...queue.children], middle = now.indexOf(list), stays = new Set([list]);
  const plain = (element) => element.className + element.innerHTML.replace(/value="[^"]*"/g, "");
  for (const [at, element] of fresh.entries()) {
    if (at === place) continue;
    const old = now[at - place + middle]; // counted from the list: what is new above moves nothing below
    if (!old) queue.insertBefore(element, at < place ? now[0] : null);
    else if (plain(old) === plain(element)) stays.add(old);
    else queue.insertBefore(element, old);
  }
  for (const element of now) if (!stays.has(element)) element.remove();
}

let forgetTyping;
async function renewLog() {
  if (!log) return;
  const list = log.querySelector("ol");
  const came = await part(`${floor.dataset.logUrl}?since=${list.dataset.last}`);
  const fresh = came.querySelector("ol");
  const typing = came.querySelector("[data-typing]"), typed = log.querySelector("[data-typing]");
  if (!typing || !typed || typing.textContent !== typed.textContent) {
    if (typed) typed.remove();
    if (typing) list.after(typing);
  }
  clearTimeout(forgetTyping);
  if (typing) forgetTyping = setTimeout(() => hint.typing(), TYPING);
  const added = [...fresh.children];
  if (!added.length) return;
  if (fresh.dataset.since) list.append(...added);
  else list.replaceChildren(...added); // something older was removed
  list.dataset.last = fresh.dataset.last;
  if (!document.querySelector("#k").dataset.typed && added.some((line) => !line.matches(".message--mine, .whisper, .event"))) hint.knowledge();
}

async function renewKnowledge() {
  if (knowledge.contains(document.activeElement)) return;
  knowledge.replaceChildren(await part(floor.dataset.knowledgeUrl));
}

/* Each part renews itself once at a time; what comes meanwhile is one more afterwards. */
let failures = 0;
function once(work) {
  let busy = false, again = false;
  return async () => {
    if (busy) { again = true; return; }
    busy = true;
    try {
      do { again = false; await work(); } while (again);
      failures = 0;
    } catch (trouble) { failures += 1; }
    stale.hidden = failures < 2;
    busy = false;
  };
}
const TYPING = 12500; // so long the server shows somebody as typing after their last key
const [renewedQueue, renewedLog, renewedKnowledge] = [once(renewQueue), once(renewLog), once(renewKnowledge)];
const hint = { queue: renewedQueue, news: renewedLog, typing: renewedLog, knowledge: renewedKnowledge };
const renew = () => Promise.all([hint.queue(), hint.news()]);

/* Hints by socket; asked for anyway every 20 s, and every 4 s while there is no socket. */
let socket, tries = 0, timer;
function connect() {
  socket = new WebSocket(`${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/ws/desk/${open ? `?open=${open}` : ""}`);
  socket.onopen = () => { tries = 0; renew(); };
  socket.onmessage = (frame) => { const told = hint[JSON.parse(frame.data).type]; if (told) told(); };
  socket.onclose = () => { tries += 1; setTimeout(connect, Math.min(30000, 500 * 2 ** tries) * (0.5 + Math.random() / 2)); };
}
function tick() {
  clearTimeout(timer);
  const live = socket && socket.readyState === 1;
  timer = setTimeout(async () => { if (!document.hidden || live) await renew(); tick(); }, live ? 20000 : 4000);
}
connect();
tick();
setInterval(() => { if (socket.readyState === 1) socket.send('{"type":"beat"}'); }, 15000);
for (const name of ["visibilitychange", "online", "pageshow"]) addEventListener(name, () => { if (!document.hidden) renew(); });

/* A draft is kept on the server; this tab keeps it too until the server has it or says that it was sent. */
const token = () => document.querySelector("[name=csrfmiddlewaretoken]").value;
if (box) {
  const key = `parama.desk.draft.${open}`;
  const state = composer.querySelector("[data-draft]");
  const form = composer.elements.key.value;
  const kept = JSON.parse(sessionStorage.getItem(key) || "null");
  const sent = new URLSearchParams(location.search).get("sent");
  if (sent && kept && kept.form === sent) sessionStorage.removeItem(key);
  else if (kept && !box.value) box.value = kept.text;
  if (sent) history.replaceState(null, "", location.pathname);
  let pause, keptAt = 0, last = box.value, underWay = null, isSending = false;
  const keep = () => {
    const mine = (underWay || Promise.resolve()).then(store).finally(() => { if (underWay === mine) underWay = null; });
    underWay = mine;
  };
  const store = async () => {
    clearTimeout(pause);
    keptAt = Date.now();
    if (box.value === last) return;
    const text = box.value;
    sessionStorage.setItem(key, JSON.stringify({ form, text }));
    try {
      const answer = await fetch(composer.dataset.draftUrl, { method: "POST", redirect: "error", keepalive: true, headers: { "X-CSRFToken": token() }, body: new URLSearchParams({ text }) });
      if (!answer.ok) throw new Error(String(answer.status));
      last = text;
      if (!text) sessionStorage.removeItem(key);
      state.textContent = text ? floor.dataset.saved : "";
    } catch (trouble) { state.textContent = floor.dataset.savedHere; }
  };
  // After a breath, and every two seconds of writing without one: colleagues see soon that somebody writes here.
  box.addEventListener("input", () => { clearTimeout(pause); pause = setTimeout(keep, Date.now() - keptAt > 2000 ? 0 : 600); });
  addEventListener("pagehide", store);
  // A draft still under way would come after the message, and stand in the box again: the message waits for it.
  composer.addEventListener("submit", (event) => {
    clearTimeout(pause);
    if (underWay) {
      event.preventDefault();
      if (isSending) return;
      isSending = true;
      Promise.race([underWay, new Promise((over) => { setTimeout(over, 3000); })]).then(() => {
        underWay = null;
        isSending = false;
        composer.requestSubmit(event.submitter);
      });
      return;
    }
    last = box.value;
    sessionStorage.setItem(key, JSON.stringify({ form, text: box.value }));
  });
  box.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !event.ctrlKey) return;
    event.preventDefault();
    composer.requestSubmit(composer.querySelector('[name="send"], [name="note"]'));
  });
  document.addEventListener("click", (event) => {
    const reply = event.target.closest("[data-reply]");
    if (!reply) return;
    event.preventDefault();
    box.value = box.value ? `${box.value.trimEnd()} ${reply.textContent}` : reply.textContent;
    box.dispatchEvent(new Event("input"));
    box.focus();
  });
}
document.addEventListener("input", (event) => { if (event.target.id === "k") event.target.dataset.typed = "1"; });

/* How long the call has lasted, counted from what the server says: this computer's clock may be wrong. */
const spoken = document.querySelector("[data-seconds]");
if (spoken) {
  const since = performance.now() - 1000 * Number(spoken.dataset.seconds);
  const tell = () => {
    const seconds = Math.floor((performance.now() - since) / 1000);
    spoken.textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  };
  tell();
  if (!("over" in spoken.dataset)) setInterval(tell, 1000);
}

/* Single letters: never in a text box, and only while they are not switched off. */
const off = document.querySelector("#keys-off");
off.checked = localStorage.getItem("parama.desk.keys") === "off";
off.addEventListener("change", () => localStorage.setItem("parama.desk.keys", off.checked ? "off" : "on"));
function step(by) {
  const rows = [...queue.querySelectorAll("[data-row]")];
  if (!rows.length) return;
  const at = rows.indexOf(document.activeElement);
  const from = at < 0 ? rows.findIndex((row) => row.hasAttribute("aria-current")) : at;
  rows[Math.max(0, Math.min(rows.length - 1, from + by))].focus();
}
const keys = {
  j: () => step(1),
  k: () => step(-1),
  r: () => box && box.focus(),
  "/": () => document.querySelector("#k").select(),
  i: () => document.querySelector("[data-send-article]")?.click(),
  a: () => document.querySelector("[data-accept]")?.click(),
  n: () => document.querySelector("[data-not-found]")?.click(),
  c: () => document.querySelector("[data-call]")?.click(),
  t: () => { const part = document.querySelector("#hand-over"); if (part) { part.open = true; part.querySelector("select").focus(); } },
  e: () => document.querySelector("#topic")?.focus(),
};
addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || off.checked || event.target.closest("input, textarea, select")) return;
  const deed = keys[event.key];
  if (deed) { event.preventDefault(); deed(); }
});

/* Left alone for a quarter of an hour the desk locks; a minute before it says so. The server knows of calls. */
let touched = Date.now();
for (const name of ["keydown", "pointerdown", "pointermove"]) addEventListener(name, () => {
  touched = Date.now();
  if (say.textContent === floor.dataset.lockSoon) { say.textContent = ""; say.className = "unseen"; }
}, { passive: true });
setInterval(async () => {
  const idle = (Date.now() - touched) / 1000;
  if (idle > 840) { say.textContent = floor.dataset.lockSoon; say.className = "stale"; }
  if (idle < 900) return;
  const answer = await fetch(floor.dataset.lockUrl, { method: "POST", headers: { "X-CSRFToken": token() }, body: new URLSearchParams({ next: location.pathname }) });
  if (answer.status === 204) touched = Date.now(); else location.assign(answer.url);
}, 5000);
