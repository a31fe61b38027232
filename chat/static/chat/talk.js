// A conversation with scripts: the page that works without them, made live.
const parama = window.parama;
const talk = document.getElementById("talk");
const form = document.getElementById("composer");
const box = form.elements.text;
const words = parama.words();
const state = document.getElementById("state");
const title = document.title;
const HANDOVERS = ["claimed", "released", "transferred", "moved", "promised"];
let unread = 0;

for (const element of document.querySelectorAll("[data-no-script]")) element.hidden = true;
for (const link of document.querySelectorAll('a[href="#receipt"]')) {
  link.addEventListener("click", () => {
    const folded = document.getElementById("receipt").closest("details");
    if (folded) folded.open = true;
  });
}
const summary = document.querySelector("[data-focus]");
if (summary) summary.focus();

const announce = (text) => {
  if (state.textContent !== text) state.textContent = text;
};
const fate = document.getElementById("fate"); // what became of one's own message, for who does not see its line
const counted = document.getElementById("count"); // a place of its own, or the state of the line would talk over it
const log = new parama.Log(document.getElementById("log"), words, (text) => {
  counted.textContent = text;
});
const outbox = new parama.Outbox(talk.dataset.key);
const forgetDraft = parama.keepDraft(box, talk.dataset.key);
parama.warnWhileTyping(box, document.getElementById("warning"), words);

const leave = document.getElementById("leave"); // what is talked about may become dangerous while the page is open
let wasLost = false;
const line = new parama.Line({
  liveUrl: `${talk.dataset.live}?language=${talk.dataset.language}`,
  eventsUrl: talk.dataset.events,
  last: () => log.last,
  onEvents: (page) => {
    const fresh = log.add(page.events);
    count(fresh);
    if (fresh.some((event) => HANDOVERS.includes(event.kind) || HANDOVERS.includes(event.look))) refreshParts();
    if (fresh.some((event) => event.kind === "closed")) end();
  },
  onUrgent: () => {
    leave.hidden = false;
  },
  onState: (word) => {
    if (word === "live") {
      if (wasLost) announce(words.back);
      wasLost = false;
      pump();
      return;
    }
    wasLost = word === "lost";
    announce(words[word]);
  },
});

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const text = box.value.trim();
  box.focus();
  if (!text) return;
  fate.textContent = "";
  log.showPending(outbox.add(text), talk.dataset.language);
  box.value = "";
  box.dispatchEvent(new Event("input"));
  forgetDraft();
  pump();
});
box.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.querySelector("[type=submit]").click();
});

// Sends what is written, one after the other, in order, until each is stored or refused.
let isPumping = false;
let tries = 0;
let next = 0;
async function pump() {
  clearTimeout(next);
  if (isPumping) return;
  isPumping = true;
  while (outbox.first) {
    const item = outbox.first;
    log.setState(item.client_id, words.sending);
    const answer = await line.send(item, form);
    if (answer && answer.ok) {
      tries = 0;
      outbox.remove(item.client_id);
      log.setState(item.client_id, words.sent);
      fate.textContent = words.sent;
      if (!line.isLive) line.repair();
    } else if (answer) {
      if (!refused(item, answer.code)) break;
    } else {
      later(item, words.failed);
      break;
    }
  }
  isPumping = false;
}

function later(item, reason) {
  tries += 1;
  log.setState(item.client_id, reason, pump);
  if (fate.textContent !== reason) fate.textContent = reason;
  next = setTimeout(pump, parama.backoff(tries, 30000));
}

// True: the next one may go. The text of a refused message goes back into the box with the reason.
function refused(item, code) {
  if (code === "too_many" || code === "trouble") {
    tries += 3;
    later(item, words[code] || words.failed);
    return false;
  }
  outbox.remove(item.client_id);
  log.drop(item.client_id);
  box.value = box.value ? `${item.text}\n\n${box.value}` : item.text;
  announce(words[code] || words.refused);
  if (code === "ended") end();
  return code !== "ended";
}

function end() {
  document.getElementById("over").hidden = false;
  form.querySelector("[type=submit]").disabled = true;
  refreshParts();
  line.stop();
}

// Head and queue are the server's words: fetch the page and take them over.
async function refreshParts() {
  try {
    const answer = await fetch(location.pathname, { cache: "no-store" });
    if (!answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const part of document.querySelectorAll("[data-part]")) {
      const fresh = page.querySelector(`[data-part="${part.dataset.part}"]`);
      if (fresh && fresh.innerHTML !== part.innerHTML) part.innerHTML = fresh.innerHTML;
    }
    const way = page.getElementById("leave");
    if (way && !way.hidden) leave.hidden = false; // once there it stays: it must not move from under a hand
  } catch (offline) {
    // The next minute tries again.
  }
}
setInterval(() => {
  const queue = document.querySelector('[data-part="queue"]');
  if (!document.hidden && queue.firstElementChild) refreshParts();
}, 60000);

function count(events) {
  if (!document.hidden) return;
  unread += events.filter((event) => event.author === "consultant").length;
  if (unread) document.title = `(${unread}) ${title}`;
}
document.addEventListener("visibilitychange", () => {
  if (document.hidden) return;
  unread = 0;
  document.title = title;
});

for (const item of outbox.items) log.showPending(item, talk.dataset.language);
line.start();
pump();
