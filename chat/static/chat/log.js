// The list of messages. Every line is a copy of an example that the server rendered with the same template as the
// lines that were there when the page came; texts are put in as text, never as markup.
const parama = (window.parama = window.parama || {});
const QUIET = 2; // more new lines than this at once are counted aloud instead of read

parama.Log = class {
  constructor(list, words, announce) {
    this.list = list;
    this.words = words;
    this.announce = announce;
    this.pending = new Map();
    this.last = Number(list.closest("[data-since]").dataset.since);
  }

  // Takes events that follow each other; what is known already is left out. Returns the new ones.
  add(events) {
    const fresh = events.filter((event) => event.sequence > this.last);
    const region = this.list.parentElement;
    const many = fresh.filter((event) => event.author !== "resident").length > QUIET;
    if (many) region.setAttribute("aria-live", "off");
    for (const event of fresh) {
      if (event.sequence !== this.last + 1) break;
      this.put(event);
      this.last = event.sequence;
    }
    if (many) {
      this.announce(this.words.new.replace("{count}", fresh.length));
      setTimeout(() => region.setAttribute("aria-live", "polite"), 500);
    }
    return fresh;
  }

  put(event) {
    if (event.kind === "redacted") this.remove(event.data.of);
    const mine = event.client_id && this.pending.get(event.client_id);
    const line = this.copy(event);
    if (mine) {
      line.setAttribute("aria-live", "off");
      mine.replaceWith(line);
      this.pending.delete(event.client_id);
      return;
    }
    const first = this.pending.values().next().value; // what waits to be sent stays below
    this.list.insertBefore(line, first || null);
  }

  copy(event) {
    const example = document.querySelector(`template[data-look="${event.look}"]`);
    if (!example) return document.createComment(event.look);
    const line = example.content.firstElementChild.cloneNode(true);
    const name = event.name || this.words.consultant;
    fill(line, Object.assign({ name }, event.data));
    line.dataset.sequence = event.sequence;
    slot(line, "name", name);
    slot(line, "time", event.time);
    slot(line, "text", event.text, event.language);
    if (event.kind === "attachment" && /^[\w-]{22}$/.test(event.data.id)) {
      line.querySelector("a[data-slot=text]").href = document.getElementById("talk").dataset.files + event.data.id + "/";
    }
    if (event.look === "article") {
      slot(line, "title", event.data.title, event.data.title_language);
      slot(line, "answer", event.data.answer, event.data.answer_language);
      if (/^\/[^/]/.test(event.data.url || "")) line.querySelector("[data-slot=title]").href = event.data.url;
    }
    return line;
  }

  // What was taken back is taken from the screen, too; its place stays.
  remove(sequence) {
    const line = this.list.querySelector(`[data-sequence="${Number(sequence)}"]`);
    if (line) line.textContent = this.words.removed;
  }

  // A message that is on its way.
  showPending(item, language) {
    const time = new Date().toLocaleTimeString("lt", { hour: "2-digit", minute: "2-digit", timeZone: "Europe/Vilnius" });
    const line = this.copy({ look: "message-resident", name: "", time, text: item.text, language, data: {} });
    this.pending.set(item.client_id, line);
    line.setAttribute("aria-live", "off"); // nobody needs their own words read to them: what became of them is said
    this.list.append(line);
    this.setState(item.client_id, this.words.sending);
  }

  setState(clientId, text, retry) {
    const line = this.pending.get(clientId);
    if (!line) return;
    line.classList.toggle("message--failed", Boolean(retry));
    const state = line.querySelector("[data-slot=state]");
    if (state.dataset.said === text) return;
    state.dataset.said = text;
    state.textContent = text;
    if (!retry) return;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "as-link";
    button.textContent = this.words.retry;
    button.addEventListener("click", retry);
    state.append(" ", button);
  }

  drop(clientId) {
    const line = this.pending.get(clientId);
    if (line) line.remove();
    this.pending.delete(clientId);
  }
};

function slot(line, name, text, language) {
  const place = line.querySelector(`[data-slot=${name}]`);
  if (!place) return;
  place.textContent = text || "";
  if (language) place.lang = language;
}

function fill(line, values) {
  const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    node.data = node.data.replace(/\{(\w+)\}/g, (whole, key) => (key in values ? values[key] : whole));
  }
}
