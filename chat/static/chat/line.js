// The line to the server, with one cursor: a socket; where that fails a long-poll; where that fails a poll every ten
// seconds. It says which events came and whether it stands; it never decides what was said.
const parama = (window.parama = window.parama || {});
const SILENCE = 40000; // the server beats every 15 s
const SOCKET_TRIES = 3;
const POLL = 10000;
const CLIMB = 60000; // so often a lower rung tries the socket again

parama.backoff = (tries, longest) => Math.random() * Math.min(longest, 500 * Math.pow(2, Math.min(tries, 16)));

parama.Line = class {
  // options: liveUrl, eventsUrl, last(), onEvents(page), onState(word), onUrgent()
  constructor(options) {
    Object.assign(this, options);
    this.tries = 0;
    this.acks = new Map();
    this.isLive = false;
    this.isOver = false;
    this.gapsRepaired = 0;
  }

  start() {
    this.open();
    const wake = () => document.hidden || this.wake();
    document.addEventListener("visibilitychange", wake);
    window.addEventListener("pageshow", (event) => event.persisted && wake());
    window.addEventListener("online", wake);
    window.addEventListener("offline", () => this.onState("lost"));
  }

  // The conversation is over: nothing more will come.
  stop() {
    this.isOver = true;
    clearTimeout(this.timer);
    if (this.socket) this.socket.close(1000);
  }

  wake() {
    if (this.isOver) return;
    if (this.isLive && Date.now() - this.heardAt < 20000) {
      this.onState("live");
      return;
    }
    this.tries = 0;
    if (this.socket) this.drop();
    else this.again(0);
  }

  open() {
    if (this.isOver) return;
    clearTimeout(this.timer);
    const scheme = location.protocol === "https:" ? "wss:" : "ws:";
    let socket;
    try {
      socket = new WebSocket(`${scheme}//${location.host}${this.liveUrl}`);
    } catch (refused) {
      this.poll();
      return;
    }
    this.socket = socket;
    this.watch();
    socket.addEventListener("open", () => this.say({ type: "hello", since: this.last() }));
    socket.addEventListener("message", (frame) => this.hear(JSON.parse(frame.data)));
    socket.addEventListener("close", (event) => socket === this.socket && this.lost(event));
  }

  hear(frame) {
    this.heardAt = Date.now();
    this.watch();
    if (frame.type === "events") this.take(frame);
    else if (frame.urgent) this.onUrgent();
    if (frame.type === "live") {
      this.isLive = true;
      this.tries = 0;
      this.onState("live");
    }
    if ((frame.type === "live" || frame.type === "beat") && frame.head > this.last()) this.repair();
    if (frame.type === "ack" || frame.type === "refused") this.settle(frame);
    if (frame.type === "bye") this.later = frame.retry_in * 1000;
  }

  watch() {
    clearTimeout(this.silence);
    this.silence = setTimeout(() => this.drop(), SILENCE);
  }

  drop() {
    const socket = this.socket;
    if (!socket) return;
    this.socket = null;
    socket.close();
    this.lost({ code: 0 });
  }

  lost(event) {
    clearTimeout(this.silence);
    this.socket = null;
    this.isLive = false;
    for (const settle of this.acks.values()) settle(null);
    this.acks.clear();
    if (this.isOver) return;
    if (event.code === 4404) {
      this.shownOut();
      return;
    }
    this.tries += 1;
    if (this.tries >= SOCKET_TRIES || event.code === 4429) this.poll();
    else this.again(this.later || parama.backoff(this.tries, 4000));
    this.later = 0;
  }

  // This browser holds no key any more: the page says how to come back.
  shownOut() {
    this.isOver = true;
    location.reload();
  }

  again(wait) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.open(), wait);
  }

  // The lower rungs: first the long-poll, and when that fails too, short ones.
  async poll() {
    if (this.polling || this.isOver) return;
    this.polling = true;
    const until = Date.now() + CLIMB;
    let failures = 0;
    while (!this.isOver && !this.socket && Date.now() < until) {
      const isLong = failures < 2;
      const url = isLong ? `${this.liveUrl.replace("?", "/events?")}&since=${this.last()}&wait=25` : this.now();
      try {
        this.take(await getJson(url));
        this.onState(isLong ? "live" : "slow");
        if (!isLong) await sleep(POLL);
      } catch (trouble) {
        if (trouble.message === "404") this.shownOut();
        failures += 1;
        if (failures > 2) this.onState("lost");
        await sleep(isLong ? 500 : POLL);
      }
    }
    this.polling = false;
    this.tries = SOCKET_TRIES - 1;
    if (!this.socket) this.open();
  }

  now() {
    return `${this.eventsUrl}?since=${this.last()}`;
  }

  take(page) {
    this.onEvents(page);
    if (page.urgent) this.onUrgent();
    const next = page.events[0];
    if (next && next.sequence > this.last() + 1) this.repair();
  }

  // A number is missing: ask for what lies between.
  async repair() {
    if (this.repairing) return;
    this.repairing = true;
    this.gapsRepaired += 1;
    try {
      for (let before = -1; before !== this.last(); ) {
        before = this.last();
        this.onEvents(await getJson(this.now()));
      }
    } catch (trouble) {
      // The next beat asks again.
    }
    this.repairing = false;
  }

  say(frame) {
    this.socket.send(JSON.stringify(frame));
  }

  // One message by the socket where it stands, else by POST. Resolves to {ok}, {code} or null: try again.
  async send(item, form) {
    if (navigator.onLine === false) return null;
    if (this.isLive && this.socket && this.socket.readyState === 1) {
      const answer = await this.bySocket(item);
      if (answer) return answer;
    }
    return byPost(this.eventsUrl, item, form);
  }

  bySocket(item) {
    return new Promise((resolve) => {
      const settle = (answer) => {
        clearTimeout(timer);
        resolve(answer);
      };
      const timer = setTimeout(settle, 8000, null);
      this.acks.set(item.client_id, settle);
      try {
        this.say({ type: "send", client_id: item.client_id, text: item.text });
      } catch (closed) {
        settle(null);
      }
    });
  }

  settle(frame) {
    const settle = this.acks.get(frame.client_id);
    this.acks.delete(frame.client_id);
    if (settle) settle(frame.type === "ack" ? { ok: true } : { code: frame.code });
  }
};

async function byPost(url, item, form) {
  const body = new FormData(form);
  body.set("client_id", item.client_id);
  body.set("text", item.text);
  try {
    const answer = await fetch(url, { method: "POST", body, headers: { Accept: "application/json" } });
    if (answer.ok) return { ok: true };
    if (answer.status >= 500 || answer.status === 408 || answer.status === 429) return null;
    const said = await answer.json().catch(() => ({})); // a page, not a code: the key is gone or the form is old
    return { code: said.code || "refused" };
  } catch (offline) {
    return null;
  }
}

async function getJson(url) {
  const answer = await fetch(url, { headers: { Accept: "application/json" }, cache: "no-store" });
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.json();
}

function sleep(wait) {
  return new Promise((resolve) => setTimeout(resolve, wait));
}
