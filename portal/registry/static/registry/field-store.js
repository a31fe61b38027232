// The tablet's own database. `keep`: what the tablet is (`tablet`) and the list under the passphrase (`vault`).
// `records`: sealed, in the order they were written; one leaves only when the server has said that it is kept.
(() => {
  const opened = () =>
    new Promise((resolve, reject) => {
      const request = indexedDB.open("field", 1);
      request.onupgradeneeded = () => {
        request.result.createObjectStore("keep");
        request.result.createObjectStore("records", { keyPath: "client_id" });
      };
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });

  // One transaction over both: all of it is done, or nothing.
  async function change(work) {
    const database = await opened();
    try {
      return await new Promise((resolve, reject) => {
        const transaction = database.transaction(["keep", "records"], "readwrite");
        const request = work(transaction.objectStore("keep"), transaction.objectStore("records"));
        transaction.oncomplete = () => resolve(request ? request.result : undefined);
        transaction.onabort = () => reject(transaction.error);
      });
    } finally {
      database.close();
    }
  }

  const byOrder = (one, other) => one.order - other.order;

  window.parama.fill = (part, ...children) => {
    part.textContent = "";
    part.append(...children);
  };

  window.parama.store = {
    change,
    kept: (name) => change((keep) => keep.get(name)),
    keep: (name, value) => change((keep) => keep.put(value, name)),
    forget: (name) => change((keep) => keep.delete(name)),
    records: async () => (await change((keep, records) => records.getAll())).sort(byOrder),
    drop: (id) => change((keep, records) => records.delete(id)),
  };
})();
