// What a page of ours does better with a script; without it everything still works.

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

// Leaving quickly leaves no way back to this page in the browser's history.
for (const link of document.querySelectorAll("[data-leave]")) {
  link.addEventListener("click", (event) => {
    event.preventDefault();
    window.location.replace(link.href);
  });
}

// "Was this page useful?" is answered in its place. When anything fails, the form is sent the plain way.
document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (!form.matches("[data-vote]")) return;
  event.preventDefault();
  const body = new URLSearchParams(new FormData(form, event.submitter));
  try {
    const answer = await fetch(form.action, { method: "POST", body, headers: { "X-Part": "yes" } });
    if (!answer.ok) throw new Error(String(answer.status));
    const place = document.createElement("div");
    place.innerHTML = await answer.text();
    form.replaceWith(place);
    const first = place.querySelector("[tabindex]");
    if (first) first.focus();
  } catch {
    const chosen = document.createElement("input");
    chosen.type = "hidden";
    chosen.name = "useful";
    chosen.value = body.get("useful") || "no";
    form.append(chosen);
    form.submit();
  }
});
