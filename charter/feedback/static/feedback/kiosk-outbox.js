// What people answered and the server does not have yet. It lies in this tablet's own database and is deleted as
// soon as the server says that it is kept; under its key it counts once, however often it is sent.
const parama = (window.parama = window.parama || {});
const LONGEST = 31 * 24 * 60 * 60 * 1000; // older answers cannot be counted any more: their month is over
const AT_ONCE = 50;

parama.KioskOutbox = class {
  constructor(address) {
    this.address = address;
    this.sending = null;
  }

  async add(answer) {
    await this.change((store) => store.put({ ...answer, key: newKey(), put: Date.now() }));
  }

  // Sends what is there; with nothing to send it says that the tablet is alive. Never two at a time.
  send() {
    if (!this.sending) {
      this.sending = this.sendAll().finally(() => {
        this.sending = null;
      });
    }
    return this.sending;
  }

  async sendAll() {
    let waiting;
    do {
      waiting = await this.waiting();
      const now = waiting.slice(0, AT_ONCE);
      const answer = await fetch(this.address, {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ answers: now }),
      });
      if (!answer.ok) throw new Error(String(answer.status));
      const { done } = await answer.json();
      await this.change((store) => done.forEach((key) => store.delete(key)));
      if (!done.length) break;
    } while (waiting.length > AT_ONCE);
  }

  async waiting() {
    const all = await this.change((store) => store.getAll());
    const old = all.filter((answer) => answer.put < Date.now() - LONGEST);
    if (old.length) await this.change((store) => old.forEach((answer) => store.delete(answer.key)));
    return all.filter((answer) => !old.includes(answer));
  }

  async change(work) {
    const database = await opened();
    try {
      return await new Promise((resolve, reject) => {
        const transaction = database.transaction("answers", "readwrite");
        const request = work(transaction.objectStore("answers"));
        transaction.oncomplete = () => resolve(request ? request.result : undefined);
        transaction.onabort = () => reject(transaction.error);
      });
    } finally {
      database.close();
    }
  }
};

function opened() {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open("kiosk", 1);
    request.onupgradeneeded = () => request.result.createObjectStore("answers", { keyPath: "key" });
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 15) | 64;
  bytes[8] = (bytes[8] & 63) | 128;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
