// While the acts of a month are being made, the progress on the page follows.
const EVERY = 2000;

async function follow() {
  const before = document.getElementById("acts-job");
  if (!before || !before.hasAttribute("data-going")) return;
  if (!document.hidden) {
    try {
      const answer = await fetch(location.href, { credentials: "same-origin" });
      if (answer.ok) {
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        const after = page.getElementById("acts-job");
        if (after) before.replaceWith(document.adoptNode(after));
      }
    } catch {
      // the network is away: the next round asks again
    }
  }
  setTimeout(follow, EVERY);
}

setTimeout(follow, EVERY);
