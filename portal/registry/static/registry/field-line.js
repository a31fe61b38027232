// The line to the server: brings what is sealed, hears what became of it, measures the clock. Works while the list is
// locked, since it reads nothing. One at a time; what fails comes round again.
(() => {
  const { store } = window.parama;
  const AT_ONCE = 20;
  const LONGEST = 20000;
  const GONE = ["kept", "known"];
  const WAITS = ["conflict", "refused"];

  async function post(address, said) {
    const stop = new AbortController();
    const timer = setTimeout(() => stop.abort(), LONGEST);
    try {
      const answer = await fetch(address, {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify(said),
        signal: stop.signal,
      });
      const sent = answer.ok ? await answer.json() : {};
      return { status: answer.status, sent };
    } finally {
      clearTimeout(timer);
    }
  }

  // How many seconds the server's clock is before this one; the answer's time lies in the middle of the way.
  function offset(now, began) {
    return Math.round((Date.parse(now) - (began + Date.now()) / 2) / 1000);
  }

  class Line {
    constructor(addresses, told) {
      this.addresses = addresses;
      this.told = told; // (what happened) after each contact
      this.talking = null;
    }

    talk() {
      if (!this.talking) {
        this.talking = this.talkAll().finally(() => {
          this.talking = null;
        });
      }
      return this.talking;
    }

    async talkAll() {
      let size = AT_ONCE;
      for (let round = 0; round < 60; round += 1) {
        const tablet = await store.kept("tablet");
        if (!tablet) return;
        const all = await store.records();
        const now = all.filter((one) => one.state === "waiting").slice(0, size);
        const asked = all.filter((one) => WAITS.includes(one.state)).map((one) => one.client_id);
        const began = Date.now();
        const { status, sent } = await post(this.addresses.records, {
          tablet: tablet.tablet,
          carry: tablet.carry,
          now: new Date(began).toISOString(),
          waiting: all.filter((one) => one.state === "waiting").length - now.length,
          wiped: Boolean(tablet.wiped),
          ask: asked,
          records: now.map(({ client_id, key, sealed }) => ({ client_id, key, sealed })),
        });
        if ((status === 400 || status === 413) && now.length > 1) size = 1;
        else if (status === 400 || status === 413) await this.refuse(now);
        else if (status !== 200) throw new Error(String(status));
        else {
          await this.heard(tablet, sent, began);
          if (sent.wipe && !tablet.wiped) continue;
          if (all.filter((one) => one.state === "waiting").length <= now.length) return;
        }
      }
    }

    async heard(tablet, sent, began) {
      const wipes = sent.wipe && !tablet.wiped;
      await store.change((keep, records) => {
        for (const one of sent.answers) {
          if (GONE.includes(one.state)) records.delete(one.client_id);
          else this.note(records, one);
        }
        const known = { key: sent.key, offset: offset(sent.now, began) };
        keep.put(Object.assign({}, tablet, known, wipes ? { wiped: true } : {}), "tablet");
        if (wipes) keep.delete("vault");
      });
      this.told({ answers: sent.answers, wipes });
    }

    note(records, one) {
      const asked = records.get(one.client_id);
      asked.onsuccess = () => {
        if (asked.result) records.put(Object.assign(asked.result, { state: one.state, message: one.message }));
      };
    }

    async refuse(rows) {
      await store.change((keep, records) => {
        for (const row of rows) records.put(Object.assign(row, { state: "refused", message: "" }));
      });
      if (!rows.length) throw new Error("400");
    }
  }

  window.parama.Line = Line;
  window.parama.post = post;
  window.parama.offset = offset;
})();
