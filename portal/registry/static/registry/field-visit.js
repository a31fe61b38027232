// The form of one visit: prefilled by the clock and the programme, checked before it is sealed, and turned into a
// draft when the list locks itself in the middle of it.
(() => {
  const { fill } = window.parama;
  const LONGEST = 12 * 60;
  const AHEAD = 10 * 60000;
  const LONGEST_PATH = 5900;

  const minutesOf = (offset) => (offset[0] === "-" ? -1 : 1) * (Number(offset.slice(1, 3)) * 60 + Number(offset.slice(3, 5)));
  // The town's clock, whatever zone the device believes in. `offset`: as "+0200".
  const local = (at, offset) => new Date(at + minutesOf(offset) * 60000).toISOString();
  const hourOf = (at, offset) => local(at, offset).slice(11, 16);
  const dayOf = (at, offset) => local(at, offset).slice(0, 10);
  const momentOf = (day, hour, offset) => Date.parse(`${day}T${hour}:00${offset.slice(0, 3)}:${offset.slice(3, 5)}`);

  class Visit {
    constructor(root, words, now) {
      this.root = root;
      this.words = words;
      this.now = now; // the server's time, as well as it is known
      this.form = root.querySelector("[data-visit]");
      this.wrong = root.querySelector("[data-wrong]");
      this.path = root.querySelector("[data-sign] path");
      this.form.addEventListener("input", (event) => this.changed(event.target));
      root.querySelector("[data-ended]").addEventListener("click", () => this.hasJustEnded());
      root.querySelector("[data-clear]").addEventListener("click", () => this.path.setAttribute("d", ""));
      this.listenToFinger(root.querySelector("[data-sign]"));
    }

    get fields() {
      return this.form.elements;
    }

    show(day, stop, draft) {
      this.day = day;
      this.stop = stop;
      this.form.reset();
      this.wrong.hidden = true;
      this.path.setAttribute("d", "");
      this.root.querySelector("[data-who]").textContent = stop.name;
      this.root.querySelector("[data-beware]").textContent = stop.beware ? `${this.words.beware}: ${stop.beware}` : "";
      fill(this.root.querySelector("[data-lines]"), ...stop.lines.map((one) => this.tick(one)));
      fill(this.root.querySelector("[data-extras]"), ...day.extras.map((one) => this.tick(one)));
      this.root.querySelector("[data-extra-part]").hidden = !day.extras.length;
      this.byClock = true;
      this.isCounted = true;
      this.setBegun(this.now());
      if (draft) this.restore(draft);
      this.changed(this.form);
    }

    hide() {
      this.stop = null;
      this.form.reset();
      this.path.setAttribute("d", "");
      for (const part of ["who", "beware"]) this.root.querySelector(`[data-${part}]`).textContent = "";
      for (const part of ["lines", "extras"]) fill(this.root.querySelector(`[data-${part}]`));
    }

    tick(service) {
      const row = document.querySelector("[data-tick]").content.cloneNode(true).firstElementChild;
      const [box, few] = row.querySelectorAll("input");
      const [label, unseen] = row.querySelectorAll("label");
      const isHour = service.unit === "hour";
      box.id = `s-${service.id}`;
      box.dataset.service = service.id;
      box.dataset.usual = isHour ? service.usual || 30 : 0;
      few.id = `f-${service.id}`;
      few.dataset.few = service.unit;
      few.min = 1;
      few.max = isHour ? LONGEST : 99;
      few.placeholder = this.words[isHour ? "minutes" : "times"];
      label.htmlFor = box.id;
      unseen.htmlFor = few.id;
      for (const part of [label, unseen]) part.lang = service.lang;
      label.textContent = service.name;
      unseen.textContent = this.words[isHour ? "tickmin" : "ticktimes"].replace("{name}", service.name);
      unseen.className = "unseen";
      return row;
    }

    setBegun(at) {
      this.begun = at;
      this.fields.at.value = hourOf(at, this.day.offset);
    }

    hasJustEnded() {
      const minutes = Number(this.fields.minutes.value) || 0;
      this.byClock = true;
      this.setBegun(this.now() - minutes * 60000);
    }

    changed(field) {
      if (field.name === "at") this.byClock = false;
      if (field.name === "minutes") this.isCounted = false;
      if (field.dataset.service && field.checked) {
        const few = this.root.querySelector(`#f-${field.dataset.service}`);
        if (!few.value) few.value = few.dataset.few === "hour" ? field.dataset.usual : 1;
      }
      if (field.dataset.few && field.value) field.parentNode.querySelector("[data-service]").checked = true;
      if (this.isCounted) this.fields.minutes.value = this.ticked().reduce((sum, one) => sum + one.minutes, 0) || "";
      const isDone = this.fields.outcome.value === "done";
      this.root.querySelector("[data-if-done]").hidden = !isDone;
      this.root.querySelector("[data-if-signature]").hidden = this.fields.confirmation.value !== "signature";
      this.root.querySelector("[data-if-reason]").hidden = this.fields.confirmation.value === "signature";
    }

    ticked() {
      return Array.from(this.root.querySelectorAll("[data-service]:checked"), (box) => {
        const few = this.root.querySelector(`#f-${box.dataset.service}`);
        const many = Number(few.value) || 0;
        const isHour = few.dataset.few === "hour";
        return { service: Number(box.dataset.service), minutes: isHour ? many : 0, times: isHour ? 1 : many || 1 };
      });
    }

    // What stands in the form, as the body of a record; null after saying what is wrong.
    read() {
      const at = this.byClock ? this.begun : momentOf(this.day.day, this.fields.at.value, this.day.offset);
      const minutes = Number(this.fields.minutes.value);
      const outcome = this.fields.outcome.value;
      const services = outcome === "done" ? this.ticked() : [];
      const confirmation = outcome === "done" ? this.fields.confirmation.value : "";
      const path = confirmation === "signature" ? this.path.getAttribute("d") : "";
      const reason = this.fields.reason.value.trim();
      if (!this.fields.at.value || Number.isNaN(at)) return this.fault("at", "hour");
      if (at > this.now() + AHEAD) return this.fault("at", "future");
      if (!(minutes >= 1 && minutes <= LONGEST)) return this.fault("minutes", "long");
      if (outcome === "done" && !services.length) return this.fault("services", "what");
      if (services.reduce((sum, one) => sum + one.minutes, 0) > minutes) return this.fault("minutes", "each");
      if (confirmation === "signature" && !path) return this.fault("c-signature", "unsigned");
      if (outcome === "done" && confirmation !== "signature" && !reason) return this.fault("reason", "reason");
      return {
        recipient: this.stop.recipient,
        started_at: new Date(at).toISOString(),
        by_clock: this.byClock,
        minutes,
        outcome,
        services,
        note: this.fields.note.value.trim(),
        is_emergency: this.fields.emergency.checked,
        confirmation,
        path,
        reason: confirmation === "signature" ? "" : reason,
      };
    }

    fault(field, word) {
      const link = this.wrong.querySelector("a");
      link.href = `#${field}`;
      link.textContent = this.words[word];
      this.wrong.hidden = false;
      this.wrong.focus();
      return null;
    }

    // What is typed so far, for the list to keep.
    draft() {
      if (!this.stop) return null;
      const values = {};
      for (const field of Array.from(this.fields)) {
        if (!field.id || field.type === "submit" || field.type === "button") continue;
        values[field.id] = field.type === "checkbox" || field.type === "radio" ? field.checked : field.value;
      }
      const { byClock, isCounted, begun } = this;
      return { day: this.day.day, recipient: this.stop.recipient, values, byClock, isCounted, begun, path: this.path.getAttribute("d") };
    }

    restore(draft) {
      for (const id of Object.keys(draft.values)) {
        const field = document.getElementById(id);
        if (!field) continue;
        if (typeof draft.values[id] === "boolean") field.checked = draft.values[id];
        else field.value = draft.values[id];
      }
      this.byClock = draft.byClock;
      this.isCounted = draft.isCounted;
      this.begun = draft.begun;
      this.path.setAttribute("d", draft.path);
    }

    // A line under the finger, in whole steps of at least three, so that it stays small.
    listenToFinger(pad) {
      let last = null;
      const add = (event, sign) => {
        const box = pad.getBoundingClientRect();
        const x = Math.max(0, Math.min(600, Math.round(((event.clientX - box.left) / box.width) * 600)));
        const y = Math.max(0, Math.min(200, Math.round(((event.clientY - box.top) / box.height) * 200)));
        const before = this.path.getAttribute("d");
        if (before.length > LONGEST_PATH || (last && Math.abs(last[0] - x) + Math.abs(last[1] - y) < 3)) return;
        last = [x, y];
        this.path.setAttribute("d", `${before}${sign}${x} ${y}`);
      };
      pad.addEventListener("pointerdown", (event) => {
        pad.setPointerCapture(event.pointerId);
        last = null;
        add(event, "M");
      });
      pad.addEventListener("pointermove", (event) => last && add(event, "L"));
      for (const kind of ["pointerup", "pointercancel"]) {
        pad.addEventListener(kind, () => {
          last = null;
        });
      }
    }
  }

  Object.assign(window.parama, { Visit, hourOf, dayOf });
})();
