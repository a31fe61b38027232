// The field page: the list under its passphrase, visits written down without a network, and what became of them.
(() => {
  const { crypto, store, Line, Visit, post, offset, hourOf, dayOf, device, fill } = window.parama;
  const QUIET = 10 * 60000; // untouched for so long, the list locks itself
  const ROUND = 60000;
  const SHORTEST = 12;
  const DAYS_KEPT = 3;
  const { dataset } = document.body;
  const one = (name, root) => (root || document).querySelector(`[data-${name}]`);
  const words = {};
  for (const word of one("words").content.querySelectorAll("[data-word]")) words[word.dataset.word] = word.textContent;

  // `key` is in memory only; `vault`: { pen, worker, days, written, draft }
  const at = { key: null, vault: null, tablet: null, records: [], lastContact: null };
  let isReached = navigator.onLine;
  let chosen = 0;
  let touched = Date.now();
  let isLeaving = false;

  const now = () => Date.now() + (at.tablet ? at.tablet.offset * 1000 : 0);
  const say = (word, facts) => Object.keys(facts || {}).reduce((text, name) => text.replace(`{${name}}`, facts[name]), words[word]);
  const visit = new Visit(one("part='visit'"), words, now);
  const line = new Line({ records: dataset.records }, heard);
  const { drawStop, drawAbout, deviceName, keepPage } = device({ at, one, words, say, look });

  // Parts

  function show(name) {
    for (const part of document.querySelectorAll("[data-part]")) part.hidden = part.dataset.part !== name;
    one("lock").hidden = !at.key;
    window.scrollTo(0, 0);
    const heading = one(`part='${name}'`).querySelector("h1");
    if (heading) heading.focus();
  }

  function line_() {
    const waiting = at.records.filter((row) => row.state === "waiting").length;
    const troubled = at.records.length - waiting;
    const said = [isReached ? "" : words.offline, waiting ? say("unsent", { n: waiting }) : "", troubled ? say("trouble", { n: troubled }) : ""];
    const whole = said.filter(Boolean).join(" ");
    const text = whole || (at.tablet ? words.online : "");
    if (one("line").textContent !== text) one("line").textContent = text;
  }

  async function look() {
    at.tablet = (await store.kept("tablet")) || null;
    at.records = await store.records();
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
    at.key = await crypto.drawn(passphrase, salt, Number(dataset.rounds));
    at.vault = { pen: sent.pen, worker: sent.worker, days: sent.days, written: {}, draft: null };
    const kept = Object.assign({ salt, rounds: Number(dataset.rounds) }, await crypto.close(at.key, at.vault));
    const known = { tablet: sent.tablet, carry: sent.carry, key: sent.key, offset: offset(sent.now, began) };
    await store.change((keep) => {
      keep.put(kept, "vault");
      keep.put(known, "tablet");
    });
    event.target.reset();
    at.lastContact = Date.now();
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
      at.vault = await crypto.open(tried, kept);
    } catch (another) {
      wrong.textContent = words.wrong;
      field.select();
      return undefined;
    }
    at.key = tried;
    event.target.reset();
    touched = Date.now();
    await look();
    if (!resume()) showDay();
    refresh();
    return undefined;
  }

  async function save(more) {
    const kept = (await store.kept("vault")) || {};
    if (!at.key) return;
    const closed = await crypto.close(at.key, at.vault);
    await store.change((keep, rows) => {
      const there = keep.get("vault"); // a wipe may have come between
      there.onsuccess = () => there.result && keep.put(Object.assign({ salt: kept.salt, rounds: kept.rounds }, closed), "vault");
      if (more) rows.put(more);
    });
  }

  async function keepDraft() {
    if (!at.vault) return;
    at.vault.draft = visit.draft();
    await save();
  }

  async function lock() {
    if (!at.key) return;
    await keepDraft();
    at.key = null;
    at.vault = null;
    visit.hide();
    fill(one("stops"));
    fill(one("troubles"));
    show("locked");
    one("unlock").elements.pass.focus();
  }

  function resume() {
    const { draft } = at.vault;
    const day = draft && at.vault.days.find((each) => each.day === draft.day);
    const stop = day && day.stops.find((each) => each.recipient === draft.recipient);
    if (!stop) return false;
    visit.show(day, stop, draft);
    show("visit");
    return true;
  }

  async function forget() {
    at.key = null;
    at.vault = null;
    await store.forget("vault");
    const rows = await store.records();
    if (!rows.length) await store.forget("tablet");
    await start();
  }

  // The day

  function showDay() {
    const first = at.vault.days.findIndex((day) => day.day === dayOf(now(), day.offset));
    chosen = Math.max(0, first);
    drawDay(first < 0);
    show("day");
  }

  function drawDay(isOld) {
    const day = at.vault.days[chosen];
    const today = dayOf(now(), day.offset);
    const buttons = at.vault.days.map((each, place) => {
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
    fill(one("days"), ...buttons);
    note(isOld ? say("old", { day: at.vault.days[0].day }) : "");
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
      const write = () => {
        visit.show(day, stop);
        show("visit");
      };
      parts.push(drawStop(day, stop, write));
    });
    fill(one("stops"), ...parts);
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
    const facts = { client_id: id, tablet: at.tablet.tablet, written_at: new Date().toISOString(), offset: at.tablet.offset };
    try {
      const sealed = await crypto.seal(Object.assign(facts, given), at.vault.pen, at.tablet.key);
      const { recipient, minutes, outcome } = given;
      at.vault.written[id] = { recipient, minutes, outcome, at: given.started_at };
      at.vault.draft = null;
      await save({ client_id: id, key: at.tablet.key.id, sealed, order: Date.now(), state: "waiting" });
    } catch (full) {
      delete at.vault.written[id];
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
    at.vault.draft = null;
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
      if (at.tablet) at.lastContact = Date.now();
    } catch (trouble) {
      isReached = false;
      if (trouble.message === "403") {
        isReached = true;
        if (at.key) note(words.unknown);
      }
    }
    await look();
    if (at.key && !one("part='day'").hidden) drawKept();
    if (at.key && !one("part='about'").hidden) drawAbout();
  }

  function drawKept() {
    const text = one("note").textContent;
    drawDay(false);
    note(text);
  }

  function heard({ answers, wipes }) {
    at.lastContact = Date.now();
    const mended = answers.find((answer) => answer.mended && answer.state === "kept");
    if (mended && at.key) note(say("mended", { n: Math.round(mended.mended / 60) }));
    if (wipes) wiped();
  }

  function wiped() {
    at.key = null;
    at.vault = null;
    visit.hide();
    for (const part of ["stops", "troubles"]) fill(one(part));
    one("why").textContent = words.wiped;
    show("need");
  }

  async function refresh() {
    if (!at.key || !at.tablet) return;
    const began = Date.now();
    try {
      await line.talk();
      const { status, sent } = await post(dataset.day, { tablet: at.tablet.tablet, carry: at.tablet.carry });
      if (!at.key) return;
      if (status === 403) note(words.signagain);
      if (status === 200 && sent.days) {
        at.vault.days = sent.days;
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
    const held = at.records.map((row) => row.client_id);
    for (const id of Object.keys(at.vault.written)) {
      if (Date.parse(at.vault.written[id].at) < oldest && !held.includes(id)) delete at.vault.written[id];
    }
  }

  // This device

  async function leave() {
    await look();
    const waiting = at.records.filter((row) => row.state === "waiting").length;
    if (!isLeaving) {
      isLeaving = true;
      one("leaving").textContent = waiting ? say("leaving", { n: waiting }) : words.leave;
      one("leaving").hidden = false;
      return;
    }
    try {
      await post(dataset.leave, { tablet: at.tablet.tablet, carry: at.tablet.carry });
    } catch (unreachable) {
      // The list goes all the same; the server hears of it when it is taken along anew.
    }
    at.key = null;
    at.vault = null;
    await store.forget("vault");
    if (!at.records.length) await store.forget("tablet");
    one("why").textContent = words.signedout;
    await look();
    show("need");
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
    one("part='need'").hidden = true;
    start();
    keepPage();
  }
})();
