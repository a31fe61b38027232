// How a person of the day and this device are drawn, and what the page keeps of itself: nothing of anybody.
(() => {
  const { store, fill, hourOf, dayOf } = window.parama;

  // `page`: { at, one, words, say, look } of the page itself.
  window.parama.device = ({ at, one, words, say, look }) => {
    const { dataset } = document.body;

    function drawStop(day, stop, write) {
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
        const row = at.records.find((record) => record.client_id === each.id);
        const state = row ? `, ${row.state === "waiting" ? words.notsent : words.looked}` : "";
        item.textContent = `${hourOf(Date.parse(each.at), day.offset)}, ${each.minutes} ${words.minutes}, ${words[each.outcome]}${state}`;
        item.classList.toggle("is-late", Boolean(row));
        one("done", part).append(item);
      }
      const button = one("write", part);
      button.textContent = words[done.length ? "more" : "write"];
      button.classList.toggle("button--second", done.length > 0 || !stop.is_due);
      button.setAttribute("aria-label", `${button.textContent}: ${stop.name}`);
      button.addEventListener("click", write);
      part.classList.toggle("is-open", stop.is_due && !done.length);
      return part;
    }

    // What the server knew when the list was taken, and what was written since.
    function visitsOf(day, stop) {
      const own = Object.keys(at.vault.written).map((id) => Object.assign({ id }, at.vault.written[id]));
      const here = own.filter((each) => each.recipient === stop.recipient && dayOf(Date.parse(each.at), day.offset) === day.day);
      const known = stop.visits.filter((each) => !at.vault.written[each.id]);
      return [...known, ...here].sort((each, other) => Date.parse(each.at) - Date.parse(other.at));
    }

    function drawAbout() {
      const off = Math.round(at.tablet.offset / 60);
      const waiting = at.records.filter((row) => row.state === "waiting");
      const troubles = at.records.filter((row) => row.state !== "waiting");
      one("unsent").textContent = waiting.length || words.none;
      one("contact").textContent = at.lastContact ? hourOf(at.lastContact + at.tablet.offset * 1000, at.vault.days[0].offset) : words.never;
      one("clock").textContent = Math.abs(off) > 2 ? say("skew", { n: Math.abs(off) }) : words.exact;
      one("troubles-title").hidden = !troubles.length;
      fill(one("troubles"), ...troubles.map(drawTrouble));
    }

    function drawTrouble(row) {
      const item = document.createElement("li");
      const about = at.vault.written[row.client_id];
      const stop = about && at.vault.days.map((day) => day.stops.find((each) => each.recipient === about.recipient)).find(Boolean);
      const lines = [];
      if (about) lines.push(`${stop ? stop.name : ""} ${dayOf(Date.parse(about.at), at.vault.days[0].offset)}, ${hourOf(Date.parse(about.at), at.vault.days[0].offset)}`.trim());
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
        if (!navigator.onLine) return;
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

    return { drawStop, drawAbout, deviceName, keepPage };
  };
})();
