// The field page: the list under its passphrase, visits written down without a network, and what became of them.
(() => {
  const { crypto, store, Line, Visit, post, offset, hourOf, dayOf } = window.parama;
  const QUIET = 10 * 60000; // untouched for so long, the list locks itself
  const ROUND = 60000;
  const SHORTEST = 12;
  const DAYS_KEPT = 3;
  const { dataset } = document.body;
  const one = (name, root) => (root || document).querySelector(`[data-${name}]`);
  const words = {};
  for (const word of one("words").content.querySelectorAll("[data-word]")) words[word.dataset.word] = word.textContent;

  let key = null; // in memory only
  let vault = null; // { pen, worker, days, written, draft }
  let tablet = null;
  let records = [];
  let isReached = navigator.onLine;
  let lastContact = null;
  let chosen = 0;
  let touched = Date.now();
  let isLeaving = false;

  const now = () => Date.now() + (tablet ? tablet.offset * 1000 : 0);
  const say = (word, facts) => Object.keys(facts || {}).reduce((text, name) => text.replace(`{${name}}`, facts[name]), words[word]);
  const visit = new Visit(one("part='visit'"), words, now);
  const line = new Line({ records: dataset.records }, heard);

  // Parts

  function show(name) {
    for (const part of document.querySelectorAll("[data-part]")) part.hidden = part.dataset.part !== name;
    one("lock").hidden = !key;
    window.scrollTo(0, 0);
    const heading = one(`part='${name}'`).querySelector("h1");
    if (heading) heading.focus();
  }

  function line_() {
    const waiting = records.filter((row) => row.state === "waiting").length;
    const troubled = records.length - waiting;
    const said = [isReached ? "" : words.offline, waiting ? say("unsent", { n: waiting }) : "", troubled ? say("trouble", { n: troubled }) : ""];
    const whole = said.filter(Boolean).join(" ");
    const text = whole || (tablet ? words.online : "");
    if (one("line").textContent !== text) one("line").textContent = text;
  }

  async function look() {
    tablet = (await store.kept("tablet")) || null;
    records = await store.records();
    line_();
  }

  // The list and its passphrase

  async function begin(event) {
    event.preventDefault();
    const { elements } = event.target;
    const passphrase = elements.new.value;
    const wrong = one("wrong", event.target);
    if (passphrase.trim().length < SHORTEST || passphrase !== elements.again.value) {
      wrong.textContent = words[passphrase.trim().length < SHORTEST ? "short" : "differ"];
      elements.new.focus();
      return;
    }
    wrong.textContent = "";
    const began = Date.now();
    let answer;
    try {
      answer = await post(dataset.open, { name: deviceName() });
    } catch (unreachable) {
      wrong.textContent = words.network;
      return;
    }
    if (answer.status !== 200) {
      wrong.textContent = answer.status === 403 ? words.signin : words.network;
      if (answer.status === 403) window.location.assign(`${dataset.page}?again`);
      return;
    }
    const { sent } = answer;
    const salt = crypto.random(16);
    key = await crypto.drawn(passphrase, salt, Number(dataset.rounds));
    vault = { pen: sent.pen, worker: sent.worker, days: sent.days, written: {}, draft: null };
    const kept = Object.assign({ salt, rounds: Number(dataset.rounds) }, await crypto.close(key, vault));
    const known = { tablet: sent.tablet, carry: sent.carry, key: sent.key, offset: offset(sent.now, began) };
    await store.change((keep) => {
      keep.put(kept, "vault");
      keep.put(known, "tablet");
    });
    event.target.reset();
    lastContact = Date.now();
    await look();
    showDay();
    talk();
  }

  async function unlock(event) {
    event.preventDefault();
    const field = event.target.elements.pass;
    const kept = await store.kept("vault");
    const wrong = one("wrong", event.target);
    wrong.textContent = "";
    if (!kept) return start();
    const tried = await crypto.drawn(field.value, kept.salt, kept.rounds);
    try {
      vault = await crypto.open(tried, kept);
    } catch (another) {
      wrong.textContent = words.wrong;
      field.select();
      return undefined;
    }
    key = tried;
    event.target.reset();
    touched = Date.now();
    await look();
    if (!resume()) showDay();
    refresh();
    return undefined;
  }

  async function save(more) {
    const kept = await store.kept("vault");
    if (!kept || !key) return;
    const closed = await crypto.close(key, vault);
    await store.change((keep, rows) => {
      keep.put(Object.assign({ salt: kept.salt, rounds: kept.rounds }, closed), "vault");
      if (more) rows.put(more);
    });
  }

  async function keepDraft() {
    if (!vault) return;
    vault.draft = visit.draft();
    await save();
  }

  async function lock() {
    if (!key) return;
    await keepDraft();
    key = null;
    vault = null;
    visit.hide();
    one("stops").replaceChildren();
    one("troubles").replaceChildren();
    show("locked");
    one("unlock").elements.pass.focus();
  }

  function resume() {
    const { draft } = vault;
    const day = draft && vault.days.find((each) => each.day === draft.day);
    const stop = day && day.stops.find((each) => each.recipient === draft.recipient);
    if (!stop) return false;
    visit.show(day, stop, draft);
    show("visit");
    return true;
  }

  async function forget() {
    key = null;
    vault = null;
    await store.forget("vault");
    const rows = await store.records();
    if (!rows.length) await store.forget("tablet");
    await start();
  }

  // The day

  function showDay() {
    const first = vault.days.findIndex((day) => day.day === dayOf(now(), day.offset));
    chosen = Math.max(0, first);
    drawDay(first < 0);
    show("day");
  }

  function drawDay(isOld) {
    const day = vault.days[chosen];
    const today = dayOf(now(), day.offset);
    const buttons = vault.days.map((each, place) => {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "button button--small button--second";
      button.textContent = each.day === today ? words.today : place ? words.tomorrow : each.day;
      button.setAttribute("aria-pressed", String(place === chosen));
      button.addEventListener("click", () => {
        chosen = place;
        drawDay(isOld);
      });
      return button;
    });
    one("days").replaceChildren(...buttons);
    note(isOld ? say("old", { day: vault.days[0].day }) : "");
    one("none").hidden = day.stops.length > 0;
    const firstOther = day.stops.findIndex((stop) => !stop.is_due);
    const parts = [];
    day.stops.forEach((stop, place) => {
      if (place === firstOther && place > 0) {
        const title = document.createElement("li");
        title.className = "is-title";
        title.textContent = words.other;
        parts.push(title);
      }
      parts.push(drawStop(day, stop));
    });
    one("stops").replaceChildren(...parts);
  }

  function drawStop(day, stop) {
    const part = one("stop").content.cloneNode(true).firstElementChild;
    const done = visitsOf(day, stop);
    one("hour", part).textContent = stop.hour;
    one("name", part).textContent = stop.name;
    one("where", part).textContent = stop.address || "–";
    const phone = one("phone", part);
    phone.parentNode.hidden = !stop.phone;
    phone.textContent = stop.phone;
    if (stop.phone) phone.href = stop.tel;
    one("beware", part).textContent = stop.beware ? `${words.beware}: ${stop.beware}` : "";
    for (const each of done) {
      const item = document.createElement("li");
      const row = records.find((record) => record.client_id === each.id);
      const state = row ? `, ${row.state === "waiting" ? words.notsent : words.looked}` : "";
      item.textContent = `${hourOf(Date.parse(each.at), day.offset)}, ${each.minutes} ${words.minutes}, ${words[each.outcome]}${state}`;
      item.classList.toggle("is-late", Boolean(row));
      one("done", part).append(item);
    }
    const button = one("write", part);
    button.textContent = words[done.length ? "more" : "write"];
    button.classList.toggle("button--second", done.length > 0 || !stop.is_due);
    button.setAttribute("aria-label", `${button.textContent}: ${stop.name}`);
    button.addEventListener("click", () => {
      visit.show(day, stop);
      show("visit");
    });
    part.classList.toggle("is-open", stop.is_due && !done.length);
    return part;
  }

  // What the server knew when the list was taken, and what was written since.
  function visitsOf(day, stop) {
    const own = Object.keys(vault.written).map((id) => Object.assign({ id }, vault.written[id]));
    const here = own.filter((each) => each.recipient === stop.recipient && dayOf(Date.parse(each.at), day.offset) === day.day);
    const known = stop.visits.filter((each) => !vault.written[each.id]);
    return [...known, ...here].sort((each, other) => Date.parse(each.at) - Date.parse(other.at));
  }

  function note(text) {
    one("note").textContent = text;
    one("note").hidden = !text;
  }

  async function write(event) {
    event.preventDefault();
    const given = visit.read();
    if (!given) return;
    const id = crypto.newId();
    const facts = { client_id: id, tablet: tablet.tablet, written_at: new Date().toISOString(), offset: tablet.offset };
    try {
      const sealed = await crypto.seal(Object.assign(facts, given), vault.pen, tablet.key);
      const { recipient, minutes, outcome } = given;
      vault.written[id] = { recipient, minutes, outcome, at: given.started_at };
      vault.draft = null;
      await save({ client_id: id, key: tablet.key.id, sealed, order: Date.now(), state: "waiting" });
    } catch (full) {
      delete vault.written[id];
      visit.fault("note", "nospace");
      return;
    }
    visit.hide();
    await look();
    drawDay(false);
    show("day");
    talk();
  }

  async function back() {
    visit.hide();
    vault.draft = null;
    await save();
    isLeaving = false;
    one("leaving").hidden = true;
    drawDay(false);
    show("day");
  }

  // Contact

  async function talk() {
    try {
      await line.talk();
      isReached = true;
      if (tablet) lastContact = Date.now();
    } catch (trouble) {
      isReached = false;
      if (trouble.message === "403") {
        isReached = true;
        if (key) note(words.unknown);
      }
    }
    await look();
    if (key && !one("part='day'").hidden) drawKept();
    if (key && !one("part='about'").hidden) drawAbout();
  }

  function drawKept() {
    const text = one("note").textContent;
    drawDay(false);
    note(text);
  }

  function heard({ answers, wipes }) {
    lastContact = Date.now();
    const mended = answers.find((answer) => answer.mended && answer.state === "kept");
    if (mended && key) note(say("mended", { n: Math.round(mended.mended / 60) }));
    if (wipes) wiped();
  }

  function wiped() {
    key = null;
    vault = null;
    visit.hide();
    for (const part of ["stops", "troubles"]) one(part).replaceChildren();
    one("why").textContent = words.wiped;
    show("need");
  }

  async function refresh() {
    if (!key || !tablet) return;
    const began = Date.now();
    try {
      await line.talk();
      const { status, sent } = await post(dataset.day, { tablet: tablet.tablet, carry: tablet.carry });
      if (!key) return;
      if (status === 403) note(words.signagain);
      if (status === 200 && sent.days) {
        vault.days = sent.days;
        await store.keep("tablet", Object.assign(await store.kept("tablet"), { key: sent.key, offset: offset(sent.now, began) }));
        prune();
        await save();
        await look();
        if (!one("part='day'").hidden) showDay();
      }
      isReached = true;
    } catch (unreachable) {
      isReached = false;
    }
    await look();
  }

  function prune() {
    const oldest = now() - DAYS_KEPT * 24 * 3600000;
    const held = records.map((row) => row.client_id);
    for (const id of Object.keys(vault.written)) {
      if (Date.parse(vault.written[id].at) < oldest && !held.includes(id)) delete vault.written[id];
    }
  }

  // This device

  function drawAbout() {
    const off = Math.round(tablet.offset / 60);
    const waiting = records.filter((row) => row.state === "waiting");
    const troubles = records.filter((row) => row.state !== "waiting");
    one("unsent").textContent = waiting.length || words.none;
    one("contact").textContent = lastContact ? hourOf(lastContact + tablet.offset * 1000, vault.days[0].offset) : words.never;
    one("clock").textContent = Math.abs(off) > 2 ? say("skew", { n: Math.abs(off) }) : words.exact;
    one("troubles-title").hidden = !troubles.length;
    one("troubles").replaceChildren(...troubles.map(drawTrouble));
  }

  function drawTrouble(row) {
    const item = document.createElement("li");
    const about = vault.written[row.client_id];
    const stop = about && vault.days.map((day) => day.stops.find((each) => each.recipient === about.recipient)).find(Boolean);
    const lines = [];
    if (about) lines.push(`${stop ? stop.name : ""} ${dayOf(Date.parse(about.at), vault.days[0].offset)}, ${hourOf(Date.parse(about.at), vault.days[0].offset)}`.trim());
    if (row.state === "dismissed") lines.push(`${words.dismissed} ${row.message}`);
    else lines.push(row.message || words.refused, row.message ? words.conflict : "");
    for (const text of lines.filter(Boolean)) {
      const paragraph = document.createElement("p");
      paragraph.textContent = text;
      item.append(paragraph);
    }
    if (row.state === "dismissed") {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "button button--small button--second";
      button.textContent = words.read;
      button.addEventListener("click", async () => {
        await store.drop(row.client_id);
        await look();
        drawAbout();
      });
      item.append(button);
    }
    return item;
  }

  async function leave() {
    await look();
    const waiting = records.filter((row) => row.state === "waiting").length;
    if (!isLeaving) {
      isLeaving = true;
      one("leaving").textContent = waiting ? say("leaving", { n: waiting }) : words.leave;
      one("leaving").hidden = false;
      return;
    }
    try {
      await post(dataset.leave, { tablet: tablet.tablet, carry: tablet.carry });
    } catch (unreachable) {
      // The list goes all the same; the server hears of it when it is taken along anew.
    }
    key = null;
    vault = null;
    await store.forget("vault");
    if (!records.length) await store.forget("tablet");
    one("why").textContent = words.signedout;
    await look();
    show("need");
  }

  function deviceName() {
    const agent = navigator.userAgent;
    const found = [/Android|iPad|iPhone|Windows|Macintosh|Linux/, /Edg|OPR|Firefox|Chrome|Safari/].map((pattern) => agent.match(pattern));
    return found.map((match) => (match ? match[0] : "")).filter(Boolean).join(", ");
  }

  // The page and its parts for the time without a network: nothing of anybody.
  async function keepPage() {
    if (!("serviceWorker" in navigator)) return;
    try {
      await navigator.serviceWorker.register(dataset.worker, { scope: dataset.page });
      const fresh = await fetch(`${dataset.page}?fresh`, { cache: "no-store" });
      if (!fresh.ok || !fresh.headers.get("X-Field")) return;
      const text = await fresh.clone().text();
      const shown = new DOMParser().parseFromString(text, "text/html");
      const parts = Array.from(shown.querySelectorAll("link[rel=stylesheet], link[rel=icon], script[src]"), (part) => part.getAttribute("href") || part.getAttribute("src"));
      const cache = await caches.open("field");
      await cache.addAll(parts);
      await cache.put(dataset.page, fresh);
      const needed = new Set([dataset.page, ...parts].map((address) => new URL(address, window.location.href).href));
      for (const kept of await cache.keys()) if (!needed.has(kept.url)) await cache.delete(kept);
    } catch (unreachable) {
      // Tried again when the page is next loaded.
    }
  }

  async function start() {
    await look();
    if (await store.kept("vault")) show("locked");
    else show("begin");
    talk();
  }

  one("begin").addEventListener("submit", begin);
  one("unlock").addEventListener("submit", unlock);
  one("visit").addEventListener("submit", write);
  one("lock").addEventListener("click", lock);
  one("forget").addEventListener("click", forget);
  one("refresh").addEventListener("click", refresh);
  one("send").addEventListener("click", talk);
  one("leave-button").addEventListener("click", leave);
  one("about").addEventListener("click", () => {
    drawAbout();
    show("about");
  });
  for (const button of document.querySelectorAll("[data-back]")) button.addEventListener("click", back);
  for (const kind of ["pointerdown", "keydown", "input"]) {
    document.addEventListener(kind, () => {
      touched = Date.now();
    }, { passive: true });
  }
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) keepDraft();
    else if (Date.now() - touched > QUIET) lock();
  });
  window.addEventListener("online", talk);
  window.addEventListener("offline", () => {
    isReached = false;
    line_();
  });
  setInterval(() => {
    if (Date.now() - touched > QUIET) lock();
  }, 5000);
  setInterval(talk, ROUND);
  if (window.isSecureContext && window.crypto.subtle && "indexedDB" in window) {
    start();
    keepPage();
  }
})();
