// What the browser's own cryptography does here. The list lies under a key drawn from the passphrase, which is in
// memory only. A record is sealed to the server's public key (see portal/registry/field/sealing.py): whoever holds
// the tablet can send it, nobody on the tablet can read it, and its mark says which worker's tablet wrote it.
(() => {
  const parama = (window.parama = window.parama || {});
  const { subtle } = window.crypto;
  const LABEL = "parama field record 1:";
  const letters = new TextEncoder();

  const bytesOf = (text) => letters.encode(text);
  const random = (length) => window.crypto.getRandomValues(new Uint8Array(length));

  function packed(data) {
    const signs = Array.from(new Uint8Array(data), (byte) => String.fromCharCode(byte)).join("");
    return btoa(signs).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  }

  function unpacked(text) {
    return Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (sign) => sign.charCodeAt(0));
  }

  // A key for the list out of the passphrase; it can't leave this page's memory.
  async function drawn(passphrase, salt, rounds) {
    const words = await subtle.importKey("raw", bytesOf(passphrase.normalize("NFKC")), "PBKDF2", false, ["deriveKey"]);
    const how = { name: "PBKDF2", hash: "SHA-256", salt, iterations: rounds };
    return subtle.deriveKey(how, words, { name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
  }

  async function close(key, value) {
    const iv = random(12);
    const data = await subtle.encrypt({ name: "AES-GCM", iv }, key, bytesOf(JSON.stringify(value)));
    return { iv, data };
  }

  // Fails with another key than the one it was closed with.
  async function open(key, kept) {
    const data = await subtle.decrypt({ name: "AES-GCM", iv: kept.iv }, key, kept.data);
    return JSON.parse(new TextDecoder().decode(data));
  }

  async function mark(text, pen) {
    const key = await subtle.importKey("raw", bytesOf(pen), { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
    return packed(await subtle.sign("HMAC", key, bytesOf(text)));
  }

  async function seal(body, pen, server) {
    const text = JSON.stringify(body);
    const plain = JSON.stringify({ body: text, mark: await mark(text, pen) });
    const curve = { name: "ECDH", namedCurve: "P-256" };
    const own = await subtle.generateKey(curve, false, ["deriveBits"]);
    const point = await subtle.exportKey("raw", own.publicKey);
    const theirs = await subtle.importKey("raw", unpacked(server.public), curve, false, []);
    const shared = await subtle.deriveBits({ name: "ECDH", public: theirs }, own.privateKey, 256);
    const source = await subtle.importKey("raw", shared, "HKDF", false, ["deriveKey"]);
    const how = { name: "HKDF", hash: "SHA-256", salt: point, info: bytesOf(LABEL + server.id) };
    const key = await subtle.deriveKey(how, source, { name: "AES-GCM", length: 256 }, false, ["encrypt"]);
    const iv = random(12);
    const beside = bytesOf(body.client_id);
    const cipher = await subtle.encrypt({ name: "AES-GCM", iv, additionalData: beside }, key, bytesOf(plain));
    const whole = new Uint8Array(77 + cipher.byteLength);
    whole.set(new Uint8Array(point), 0);
    whole.set(iv, 65);
    whole.set(new Uint8Array(cipher), 77);
    return packed(whole);
  }

  function newId() {
    const bytes = random(16);
    bytes[6] = (bytes[6] & 15) | 64;
    bytes[8] = (bytes[8] & 63) | 128;
    const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
  }

  parama.crypto = { drawn, close, open, seal, newId, random };
})();
