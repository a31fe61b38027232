// What was written and is not yet stored at the server's. It lives in the tab's own storage: on a shared computer
// nothing is left behind when the tab is closed.
const parama = (window.parama = window.parama || {});

parama.Outbox = class {
  constructor(key) {
    this.key = `outbox:${key}`;
    this.items = read(this.key);
  }

  get first() {
    return this.items[0];
  }

  add(text) {
    const item = { client_id: newId(), text };
    this.items.push(item);
    this.save();
    return item;
  }

  remove(clientId) {
    this.items = this.items.filter((item) => item.client_id !== clientId);
    this.save();
  }

  save() {
    try {
      if (this.items.length) sessionStorage.setItem(this.key, JSON.stringify(this.items));
      else sessionStorage.removeItem(this.key);
    } catch (full) {
      // Storage is full or forbidden: the message still goes out while the page lives.
    }
  }
};

// Keeps what stands in a box over reloads and changes of language.
parama.keepDraft = (box, key) => {
  const name = `draft:${key}`;
  try {
    if (!box.value) box.value = sessionStorage.getItem(name) || "";
    box.addEventListener("input", () => sessionStorage.setItem(name, box.value));
  } catch (forbidden) {
    // Without storage the box is as any other.
  }
  return () => {
    try {
      sessionStorage.removeItem(name);
    } catch (forbidden) {
      // Nothing was kept.
    }
  };
};

function read(key) {
  try {
    const items = JSON.parse(sessionStorage.getItem(key) || "[]");
    return Array.isArray(items) ? items.filter((item) => item.client_id && item.text) : [];
  } catch (broken) {
    return [];
  }
}

function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 15) | 64;
  bytes[8] = (bytes[8] & 63) | 128;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
